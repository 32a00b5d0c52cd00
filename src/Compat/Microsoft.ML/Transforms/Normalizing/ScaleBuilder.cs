using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Collects what is needed of a column's values to make its scale; each slot of a vector has its own.</summary>
internal abstract class ScaleBuilder
{
    public static ScaleBuilder Of(DataViewRow row, DataViewSchema.Column column, NormalizerSettings settings) => column.Type.ItemType() == NumberDataViewType.Single
        ? Of<float>(row, column, settings)
        : Of<double>(row, column, settings);

    /// <summary>Takes the current row's values in.</summary>
    public abstract void Add();

    public abstract ColumnScale Build();

    private static ScaleBuilder Of<T>(DataViewRow row, DataViewSchema.Column column, NormalizerSettings settings) where T : unmanaged, IFloatingPointIeee754<T> =>
        settings.Kind == NormalizerKind.MinMax
            ? new MinMaxBuilder<T>(row, column, settings)
            : new MeanVarianceBuilder<T>(row, column, settings);
}

/// <summary>Reads a scalar as a vector of one slot.</summary>
internal abstract class ScaleBuilder<T> : ScaleBuilder where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ValueGetter<VBuffer<T>> _getVector;
    private readonly ValueGetter<T> _getScalar;
    private VBuffer<T> _vector;
    private T _scalar;

    protected ScaleBuilder(DataViewRow row, DataViewSchema.Column column, NormalizerSettings settings)
    {
        Type = column.Type;
        Settings = settings;
        if (column.Type is VectorDataViewType)
            _getVector = row.GetGetter<VBuffer<T>>(column);
        else
            _getScalar = row.GetGetter<T>(column);
    }

    protected DataViewType Type { get; }

    protected NormalizerSettings Settings { get; }

    protected int Slots => Type.ValueCount();

    /// <summary>Rows read.</summary>
    protected long Rows { get; private set; }

    public sealed override void Add()
    {
        Rows++;
        if (_getScalar is not null)
        {
            _getScalar(ref _scalar);
            Add(0, _scalar);
            return;
        }

        _getVector(ref _vector);
        Check.That(_vector.Length == Slots, $"Normalizer expected {Slots} slots but got {_vector.Length}");
        var values = _vector.GetValues();
        var indices = _vector.GetIndices();
        for (int i = 0; i < values.Length; i++)
            Add(indices.IsEmpty ? i : indices[i], values[i]);
    }

    /// <summary>Takes an explicit value in; the zeros of a sparse vector are not told.</summary>
    protected abstract void Add(int slot, T value);
}
