using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>A label column of key type with class names: its raw values are 1 for the first class.</summary>
internal static class ClassKey
{
    public static void AddTo(DataViewSchema.Builder schema, string name, IReadOnlyList<string> classNames)
    {
        var names = classNames.Select(n => n.AsMemory()).ToArray();
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length));
        schema.AddColumn(name, new KeyDataViewType(typeof(uint), names.Length), annotations.ToAnnotations());
    }
}
