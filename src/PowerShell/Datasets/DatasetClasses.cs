using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>What a view can teach and which classes it names, from its columns.</summary>
internal static class DatasetClasses
{
    /// <summary>Columns that name classes, as the loaders call them, each with its task: an image with a mask or boxes may have a label too.</summary>
    private static readonly (string Column, ImageTask Task)[] known =
    [
        ("Mask", ImageTask.Segmentation), ("Labels", ImageTask.Detection), ("Label", ImageTask.Classification),
    ];

    public static (ImageTask Task, IReadOnlyList<string> Names) Of(DataViewSchema schema)
    {
        foreach (var (name, task) in known)
            if (schema.GetColumnOrNull(name) is { } column)
                return (task, Names(column));
        return (ImageTask.None, []);
    }

    private static IReadOnlyList<string> Names(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull("KeyValues") is not { Type: VectorDataViewType { ItemType: TextDataViewType } } values)
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetGetter<VBuffer<ReadOnlyMemory<char>>>(values)(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }
}
