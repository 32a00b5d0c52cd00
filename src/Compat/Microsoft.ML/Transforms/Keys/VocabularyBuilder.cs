using Microsoft.ML.Runtime;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace Microsoft.ML.Data;

/// <summary>Collects the values of a column, each once, missing ones never.</summary>
internal abstract class VocabularyBuilder
{
    public abstract int Count { get; }

    /// <summary>For a column of a type, until there are <paramref name="most"/> values.</summary>
    public static VocabularyBuilder Of(DataViewType type, int most) =>
        GenericMethod.Call<VocabularyBuilder>(typeof(VocabularyBuilder), nameof(Make), type.ItemType().RawType, type.ItemType(), most);

    /// <summary>Reads the cursor's columns into their builders, no further than needed.</summary>
    public static void AddAll(DataViewRowCursor cursor, IReadOnlyList<(VocabularyBuilder Builder, DataViewSchema.Column Column)> columns)
    {
        var readers = columns.Select(pair => pair.Builder.MakeReader(cursor, pair.Column)).ToList();
        while (readers.Count > 0 && cursor.MoveNext())
            readers.RemoveAll(read => !read());
    }

    public abstract Vocabulary Build(KeyOrdinality ordinality);

    /// <summary>Adds the current row's values; false once full.</summary>
    protected abstract Func<bool> MakeReader(DataViewRow row, DataViewSchema.Column column);

    private static Builder<T> Make<T>(PrimitiveDataViewType type, int most) => new(type, most);

    private sealed class Builder<T>(PrimitiveDataViewType type, int most) : VocabularyBuilder
    {
        private readonly HashSet<T> _seen = new(Vocabulary.EqualityOf<T>());
        private readonly List<T> _values = [];

        public override int Count => _values.Count;

        public override Vocabulary Build(KeyOrdinality ordinality)
        {
            if (ordinality == KeyOrdinality.ByValue)
                _values.Sort(Vocabulary.OrderOf<T>());
            return new Vocabulary<T>(type, [.. _values]);
        }

        protected override Func<bool> MakeReader(DataViewRow row, DataViewSchema.Column column)
        {
            if (column.Type is VectorDataViewType)
            {
                var getVector = row.GetGetter<VBuffer<T>>(column);
                VBuffer<T> vector = default;
                return () =>
                {
                    getVector(ref vector);
                    foreach (var item in vector.DenseValues())
                        if (!Add(item))
                            return false;
                    return true;
                };
            }

            var getValue = row.GetGetter<T>(column);
            T value = default;
            return () =>
            {
                getValue(ref value);
                return Add(value);
            };
        }

        private bool Add(T value)
        {
            if (!Vocabulary.IsMissing(type, value) && _seen.Add(value))
                _values.Add(value);
            return _values.Count < most;
        }
    }
}
