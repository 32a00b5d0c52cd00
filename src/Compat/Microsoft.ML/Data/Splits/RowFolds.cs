using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Splits rows by a number in [0, 1) that each row has: drawn in order from a generator, or, with a sampling key, made of that column so that rows
/// with one key stay together. The numbers are those of the packages, so the same seed gives the same split.
/// </summary>
internal sealed class RowFolds
{
    private readonly IDataView _data;
    private readonly Func<Interval, RowTest> _test;

    private RowFolds(IDataView data, Func<Interval, RowTest> test)
    {
        _data = data;
        _test = test;
    }

    /// <param name="data">The rows.</param>
    /// <param name="samplingKey">A column, or null.</param>
    /// <param name="seed">Null for the packages' own seeds.</param>
    public static RowFolds Of(IDataView data, string samplingKey, int? seed)
    {
        if (samplingKey is null)
            return new(data, interval => RowTests.Random((uint)(seed ?? 42), interval));
        var column = data.Schema.GetColumnOrNull(samplingKey)
            ?? throw Errors.SchemaMismatch("samplingKeyColumn", "SamplingKeyColumn", samplingKey);
        if (column.Type is KeyDataViewType)
            return new(data, interval => RowTests.InInterval(column, interval));
        if (RowTests.HasNumber(column.Type))
        {
            var scale = RangeOf(data, column);
            return new(data, interval => RowTests.InInterval(column, interval, scale));
        }
        return new(data, interval => SamplingKeyHash.InInterval(column, interval, seed));
    }

    /// <summary>The rows whose number lies in the interval.</summary>
    public IDataView In(Interval interval) => new RowFilter(_data, _test(interval));

    /// <summary>For each of <paramref name="count"/> folds the rows outside and those inside.</summary>
    public IEnumerable<(IDataView Train, IDataView Test)> Split(int count)
    {
        for (int fold = 0; fold < count; fold++)
        {
            var interval = new Interval((double)fold / count, (double)(fold + 1) / count, IncludesUpper: true);
            yield return (In(interval with { Complement = true }), In(interval));
        }
    }

    // The least value becomes 0 and the greatest 1, as MinMax normalization does it.
    private static Func<double, double> RangeOf(IDataView data, DataViewSchema.Column column)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        var values = column.Type == NumberDataViewType.Single ? data.GetColumn<float>(column).Select(value => (double)value) : data.GetColumn<double>(column);
        foreach (double value in values.Where(double.IsFinite))
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }
        if (!(greatest > least))
            return _ => 0;
        // A Single column is scaled in single precision.
        if (column.Type == NumberDataViewType.Single)
        {
            float offset = (float)least, factor = (float)(1 / (greatest - least));
            return value => ((float)value - offset) * factor;
        }
        return value => (value - least) * (1 / (greatest - least));
    }
}
