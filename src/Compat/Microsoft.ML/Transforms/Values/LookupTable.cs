using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Values, or vectors of them, by key; a column's worth of each.</summary>
internal abstract class LookupTable(PrimitiveDataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations)
{
    public PrimitiveDataViewType KeyType => keyType;

    public DataViewType ValueType => valueType;

    /// <summary>The annotations of the column of values.</summary>
    public DataViewSchema.Annotations Annotations => annotations;

    /// <summary>A Func from a key to its value; a default for unknown keys.</summary>
    public abstract Delegate Lookup { get; }

    /// <summary>Of two columns of a view.</summary>
    public static LookupTable Of(IDataView map, DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn)
    {
        Check.Value(map, "lookupMap");
        CheckIsOf(map, keyColumn, nameof(keyColumn));
        CheckIsOf(map, valueColumn, nameof(valueColumn));
        Check.That(keyColumn.Type is PrimitiveDataViewType, $"Keys of a lookup are of a primitive type, but column '{keyColumn.Name}' is of type {keyColumn.Type}.");
        return GenericMethod.Call<LookupTable>(typeof(LookupTable), nameof(Read), [keyColumn.Type.RawType, valueColumn.Type.RawType], map, keyColumn, valueColumn);
    }

    /// <summary>Of pairs of .NET values. <paramref name="asKeys"/>: the values become keys; unsigned integers are keys already, others are numbered as they come.</summary>
    public static LookupTable Of<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, bool asKeys)
    {
        Check.Value(pairs, "keyValuePairs");
        var list = pairs.ToArray();
        var values = asKeys ? ValueColumn.Keys([.. list.Select(pair => pair.Value)]) : ValueColumn.Scalars([.. list.Select(pair => pair.Value)]);
        return Of(list, values);
    }

    /// <summary>Of pairs of .NET values and arrays: vectors of known size if all arrays are equally long.</summary>
    public static LookupTable Of<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue[]>> pairs)
    {
        Check.Value(pairs, "keyValuePairs");
        var list = pairs.ToArray();
        return Of(list, ValueColumn.Vectors([.. list.Select(pair => pair.Value)]));
    }

    public void Save(BinaryWriter writer)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Key", KeyType);
        schema.AddColumn("Value", ValueType, Annotations);
        SchemaCodec.Write(writer.BaseStream, schema.ToSchema());
        SaveValues(writer);
    }

    public static LookupTable Load(BinaryReader reader)
    {
        var schema = SchemaCodec.Read(reader.BaseStream);
        return GenericMethod.Call<LookupTable>(typeof(LookupTable), nameof(LoadValues), [schema[0].Type.RawType, schema[1].Type.RawType], schema, reader);
    }

    protected abstract void SaveValues(BinaryWriter writer);

    private static LookupTable Of<TKey, TValue>(KeyValuePair<TKey, TValue>[] pairs, ValueColumn values)
    {
        var keys = ValueColumn.Scalars([.. pairs.Select(pair => pair.Key)]);
        return GenericMethod.Call<LookupTable>(typeof(LookupTable), nameof(Zip), [keys.Type.RawType, values.Type.RawType], keys, values);
    }

    private static LookupTable<TKey, TValue> Zip<TKey, TValue>(ValueColumn keys, ValueColumn values) =>
        new((PrimitiveDataViewType)keys.Type, values.Type, values.Annotations, ((TKey[])keys.Values).Zip((TValue[])values.Values));

    private static LookupTable<TKey, TValue> Read<TKey, TValue>(IDataView map, DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn)
    {
        return new((PrimitiveDataViewType)keyColumn.Type, valueColumn.Type, valueColumn.Annotations, Rows());

        IEnumerable<(TKey, TValue)> Rows()
        {
            using var cursor = map.GetRowCursor([keyColumn, valueColumn]);
            var getKey = cursor.GetGetter<TKey>(keyColumn);
            var getValue = cursor.GetGetter<TValue>(valueColumn);
            while (cursor.MoveNext())
            {
                TKey key = default;
                // A fresh variable for each row, so that no two vectors share an array.
                TValue value = default;
                getKey(ref key);
                getValue(ref value);
                yield return (key, value);
            }
        }
    }

    private static LookupTable<TKey, TValue> LoadValues<TKey, TValue>(DataViewSchema schema, BinaryReader reader)
    {
        var keys = new TKey[reader.ReadInt32()];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = ValueCodec.Read<TKey>(reader);
        var value = schema[1];
        var values = (TValue[])GenericMethod.Call<Array>(
            typeof(LookupTable), value.Type is VectorDataViewType ? nameof(LoadVectors) : nameof(LoadScalars), value.Type.ItemType().RawType, keys.Length, reader);
        return new((PrimitiveDataViewType)schema[0].Type, value.Type, value.Annotations, keys.Zip(values));
    }

    private static T[] LoadScalars<T>(int count, BinaryReader reader) => [.. Enumerable.Range(0, count).Select(_ => ValueCodec.Read<T>(reader))];

    private static VBuffer<T>[] LoadVectors<T>(int count, BinaryReader reader) => [.. Enumerable.Range(0, count).Select(_ => ValueCodec.ReadVector<T>(reader))];

    private static void CheckIsOf(IDataView map, DataViewSchema.Column column, string parameter)
    {
        var found = map.Schema.GetColumnOrNull(column.Name);
        Check.That(found is { } own && own.Index == column.Index && own.Type.Equals(column.Type),
            $"The selected column {parameter} ('{column.Name}') is not a column of the lookup map.");
    }
}

/// <summary>A lookup table whose keys and values are held as these types.</summary>
internal sealed class LookupTable<TKey, TValue> : LookupTable
{
    private readonly Dictionary<TKey, TValue> _values = new(Vocabulary.EqualityOf<TKey>());

    public LookupTable(PrimitiveDataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations, IEnumerable<(TKey Key, TValue Value)> pairs)
        : base(keyType, valueType, annotations)
    {
        foreach (var (key, value) in pairs)
            Check.That(_values.TryAdd(key, value), $"Duplicate keys in data '{key}'");
    }

    public override Delegate Lookup => (TKey key) => _values.GetValueOrDefault(key);

    protected override void SaveValues(BinaryWriter writer)
    {
        writer.Write(_values.Count);
        foreach (var key in _values.Keys)
            ValueCodec.Write(writer, key);
        GenericMethod.Call<object>(typeof(LookupTable<TKey, TValue>), ValueType is VectorDataViewType ? nameof(SaveVectors) : nameof(SaveScalars),
            ValueType.ItemType().RawType, writer, _values.Values);
    }

    private static void SaveScalars<T>(BinaryWriter writer, IReadOnlyCollection<T> values)
    {
        foreach (var value in values)
            ValueCodec.Write(writer, value);
    }

    private static void SaveVectors<T>(BinaryWriter writer, IReadOnlyCollection<VBuffer<T>> vectors)
    {
        foreach (var vector in vectors)
            ValueCodec.WriteVector(writer, vector);
    }
}
