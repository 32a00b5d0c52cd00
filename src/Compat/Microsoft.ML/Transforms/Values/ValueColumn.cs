using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>.NET values as a column holds them: a type, an array of its raw type, annotations.</summary>
internal sealed record ValueColumn(DataViewType Type, Array Values, DataViewSchema.Annotations Annotations)
{
    public static ValueColumn Scalars<T>(T[] values) => new(Primitive<T>(), Raw(values), DataViewSchema.Annotations.Empty);

    /// <summary>Vectors of known size if all arrays are equally long.</summary>
    public static ValueColumn Vectors<T>(T[][] arrays)
    {
        int[] lengths = [.. arrays.Select(array => array.Length).Distinct()];
        return new(
            new VectorDataViewType(Primitive<T>(), lengths is [var size] ? size : 0),
            GenericMethod.Call<Array>(typeof(ValueColumn), nameof(Buffers), Primitive<T>().RawType, arrays.Select(Raw)),
            DataViewSchema.Annotations.Empty);
    }

    /// <summary>Keys whose key values are the distinct values, as text. Unsigned integers are taken as keys; others are numbered as they come.</summary>
    public static ValueColumn Keys<T>(T[] values)
    {
        var distinct = values.Distinct().ToList();
        var texts = distinct.Select(value => value.ToString().AsMemory()).ToArray();
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddKeyValues(texts.Length, TextDataViewType.Instance, (ref VBuffer<ReadOnlyMemory<char>> destination) => VBuffer<ReadOnlyMemory<char>>.Copy(texts, 0, ref destination, texts.Length));
        var type = new KeyDataViewType(typeof(T) == typeof(ulong) ? typeof(ulong) : typeof(uint), texts.Length);
        Array keys = values is uint[] or ulong[] ? values : values.Select(value => (uint)distinct.IndexOf(value) + 1).ToArray();
        return new(type, keys, annotations.ToAnnotations());
    }

    private static PrimitiveDataViewType Primitive<T>() =>
        RawTypes.PrimitiveOrNull(typeof(T)) ?? throw new InvalidOperationException($"Unsupported type {typeof(T)} used in mapping.");

    private static Array Raw<T>(T[] values) => values is string[] texts ? texts.Select(text => text.AsMemory()).ToArray() : values;

    private static VBuffer<T>[] Buffers<T>(IEnumerable<Array> arrays) => [.. arrays.Select(array => new VBuffer<T>(array.Length, (T[])array))];
}
