using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>Images and what is known of them, as they flow through a pipeline. Nothing is decoded before something reads it. Immutable.</summary>
public sealed class ImageDataset
{
    private readonly Lazy<long> _rows;

    internal ImageDataset(IDataView view, string name, string path, DatasetFormat format)
    {
        (View, Name, Path, Format) = (view, name, path, format);
        Columns = [.. view.Schema.Where(c => !c.IsHidden).Select(c => c.Name)];
        (Task, ClassNames) = DatasetClasses.Of(view.Schema);
        _rows = new(() => view.GetRowCount() ?? Count(view));
    }

    /// <summary>What it is called: its file or folder, and its part.</summary>
    public string Name { get; }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>How it was read; never <see cref="DatasetFormat.Auto"/>.</summary>
    public DatasetFormat Format { get; }

    /// <summary>What it can teach.</summary>
    public ImageTask Task { get; }

    /// <summary>How many images. Counted the first time where the format does not tell.</summary>
    public long Rows => _rows.Value;

    /// <summary>The classes 0 .. K-1 of labels, boxes or masks; empty where there are none.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Random changes of the images that training makes. Nothing else does.</summary>
    public Augmentation Augmentation { get; private init; } = new();

    /// <summary>The rows, as ML.NET has them.</summary>
    public IDataView View { get; }

    /// <summary>The name, the rows and the classes.</summary>
    public override string ToString() => $"{Name}: {Rows} images{(ClassNames.Count > 0 ? $", {ClassNames.Count} classes" : "")}";

    internal ImageDataset With(Augmentation augmentation) => new(View, Name, Path, Format) { Augmentation = augmentation };

    /// <summary>Some of the rows.</summary>
    internal ImageDataset Part(IDataView view, string part) => new(view, $"{Name} ({part})", Path, Format) { Augmentation = Augmentation };

    private static long Count(IDataView view)
    {
        var rows = 0L;
        using var cursor = view.GetRowCursor([]);
        while (cursor.MoveNext())
            rows++;
        return rows;
    }
}
