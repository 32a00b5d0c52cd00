using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>An interval of numbers; <see cref="Complement"/> means what lies outside. A number that is none (NaN) is neither inside nor outside.</summary>
internal readonly record struct Interval(double Lower, double Upper, bool IncludesUpper, bool Complement = false)
{
    public bool Has(double value) => Complement
        ? value < Lower || (IncludesUpper ? value > Upper : value >= Upper)
        : value >= Lower && (IncludesUpper ? value <= Upper : value < Upper);
}

/// <summary>The tests of rows that filters and splits use.</summary>
internal static class RowTests
{
    /// <summary>Whether a column can be tested against an interval: Single, Double, or a key, of which the fraction (key - 0.5) / count is tested.</summary>
    public static bool HasNumber(DataViewType type) =>
        type is KeyDataViewType || type == NumberDataViewType.Single || type == NumberDataViewType.Double;

    public static RowTest InInterval(DataViewSchema.Column column, Interval interval, Func<double, double> scale = null) => new([column.Index], row =>
    {
        var number = NumberOf(row, column);
        return scale is null
            ? () => number() is var value && interval.Has(value)
            : () => number() is var value && interval.Has(scale(value));
    });

    /// <summary>Draws a number in [0, 1) for each row, always the same ones.</summary>
    public static RowTest Random(uint seed, Interval interval) => new([], _ =>
    {
        var random = new HybridTausworthe(seed);
        return () => interval.Has(random.NextSingle());
    }, DependsOnOrder: true);

    /// <summary>Whether none of the columns has a missing value: NaN, or key 0.</summary>
    public static RowTest Complete(IReadOnlyList<DataViewSchema.Column> columns) => new([.. columns.Select(column => column.Index)], row =>
    {
        var tests = columns.Select(column => IsComplete(row, column)).ToArray();
        return () => tests.All(test => test());
    });

    /// <summary>A column's value as a number; NaN for a missing key or one beyond the count.</summary>
    private static Func<double> NumberOf(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType key)
            return GenericMethod.Call<Func<double>>(typeof(RowTests), nameof(FractionOf), key.RawType, row, column, key.Count);
        return GenericMethod.Call<Func<double>>(typeof(RowTests), nameof(ValueOf), column.Type.RawType, row, column);
    }

    private static Func<double> ValueOf<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return double.CreateTruncating(value);
        };
    }

    private static Func<double> FractionOf<T>(DataViewRow row, DataViewSchema.Column column, ulong count) where T : INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            ulong key = ulong.CreateTruncating(value);
            return key == 0 || key > count ? double.NaN : (key - 0.5) / count;
        };
    }

    private static Func<bool> IsComplete(DataViewRow row, DataViewSchema.Column column) => GenericMethod.Call<Func<bool>>(typeof(RowTests),
        column.Type is VectorDataViewType ? nameof(IsCompleteVector) : nameof(IsCompleteValue), column.Type.ItemType().RawType, row, column);

    private static Func<bool> IsCompleteValue<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        bool isKey = column.Type is KeyDataViewType;
        T value = default;
        return () =>
        {
            getter(ref value);
            return !IsMissing(value, isKey);
        };
    }

    private static Func<bool> IsCompleteVector<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        bool isKey = column.Type.ItemType() is KeyDataViewType;
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            // Slots without an explicit value are 0, which only a key is missing for.
            if (isKey && !value.IsDense)
                return false;
            foreach (var item in value.GetValues())
                if (IsMissing(item, isKey))
                    return false;
            return true;
        };
    }

    private static bool IsMissing<T>(T value, bool isKey) where T : INumberBase<T> => isKey ? T.IsZero(value) : T.IsNaN(value);
}
