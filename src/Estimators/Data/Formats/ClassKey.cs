using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>A label column of key type with class names: its raw values are 1 for the first class.</summary>
internal static class ClassKey
{
    public static void AddTo(DataViewSchema.Builder schema, string name, IReadOnlyList<string> classNames)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        AddNames(annotations, "KeyValues", classNames);
        schema.AddColumn(name, new KeyDataViewType(typeof(uint), classNames.Count), annotations.ToAnnotations());
    }

    /// <summary>A text for each class, as an annotation of a label column.</summary>
    public static void AddNames(DataViewSchema.Annotations.Builder annotations, string kind, IReadOnlyList<string> texts)
    {
        var names = texts.Select(n => n.AsMemory()).ToArray();
        annotations.Add(kind, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length));
    }
}
