using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Getters of values that stay the same.</summary>
internal static class ConstantGetter
{
    public static Delegate Make(object value) => value switch
    {
        string text => Of(text.AsMemory()),
        string[] texts => OfVector(new VBuffer<ReadOnlyMemory<char>>(texts.Length, [.. texts.Select(text => text.AsMemory())])),
        Array array => GenericMethod.Call<Delegate>(typeof(ConstantGetter), nameof(OfArray), array.GetType().GetElementType(), array),
        _ when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(VBuffer<>) =>
            GenericMethod.Call<Delegate>(typeof(ConstantGetter), nameof(OfVector), type.GetGenericArguments()[0], value),
        _ => GenericMethod.Call<Delegate>(typeof(ConstantGetter), nameof(Of), value.GetType(), value),
    };

    public static Delegate OfAnnotation(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation) =>
        GenericMethod.Call<Delegate>(typeof(ConstantGetter), nameof(GetterOf), annotation.Type.RawType, annotations, annotation);

    private static ValueGetter<T> Of<T>(T value) => (ref T destination) => destination = value;

    private static ValueGetter<VBuffer<T>> OfVector<T>(VBuffer<T> value) => (ref VBuffer<T> destination) => value.CopyTo(ref destination);

    private static ValueGetter<VBuffer<T>> OfArray<T>(T[] values) => OfVector(new VBuffer<T>(values.Length, values));

    private static Delegate GetterOf<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation) => annotations.GetGetter<T>(annotation);
}
