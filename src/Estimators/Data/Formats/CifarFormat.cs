namespace Fovea.Data;

/// <summary>The binary version of CIFAR-10 or CIFAR-100 (Krizhevsky 2009): records of one or two labels and 3 planes of 32 x 32 bytes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Folder">What its archive unpacks to.</param>
/// <param name="LabelBytes">Of a record.</param>
/// <param name="LabelAt">Which of them is taken.</param>
/// <param name="Classes">Labels are below it.</param>
/// <param name="NamesFile">The file beside that names the classes, one a line.</param>
/// <param name="Names">The names where that file is missing.</param>
internal sealed record CifarFormat(string Name, string Folder, int LabelBytes, int LabelAt, int Classes, string NamesFile, IReadOnlyList<string> Names)
{
    /// <summary>Rows and columns of an image.</summary>
    public const int Side = 32;

    /// <summary>Bytes of an image: three planes.</summary>
    public const int ImageBytes = 3 * Side * Side;

    public static CifarFormat Ten { get; } = new("CIFAR-10", "cifar-10-batches-bin", 1, 0, 10, "batches.meta.txt",
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    public static CifarFormat Fine { get; } = new("CIFAR-100", "cifar-100-binary", 2, 1, 100, "fine_label_names.txt", LabelColumn.Numbers(100));

    public static CifarFormat Coarse { get; } = new("CIFAR-100", "cifar-100-binary", 2, 0, 20, "coarse_label_names.txt", LabelColumn.Numbers(20));

    public int RecordBytes => LabelBytes + ImageBytes;

    /// <summary>The files of a part in the folder, or in the archive's folder below it.</summary>
    public IReadOnlyList<string> Files(string folder, CifarPart part)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Enum.IsDefined(part))
            throw new ArgumentOutOfRangeException(nameof(part), part, $"The part must be one of {string.Join(", ", Enum.GetNames<CifarPart>())}.");
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"There is no folder '{root}'; wanted is the folder of {Name}'s binary version ({Folder}).");
        string[] names = (this == Ten, part) switch
        {
            (true, CifarPart.Train) => ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"],
            (true, _) => ["test_batch.bin"],
            (_, CifarPart.Train) => ["train.bin"],
            _ => ["test.bin"],
        };
        if (Directory.Exists(Path.Combine(root, Folder)))
            root = Path.Combine(root, Folder);
        var missing = names.Where(n => !File.Exists(Path.Combine(root, n))).ToList();
        if (missing.Count > 0)
            throw new FileNotFoundException($"The folder '{root}' has no {string.Join(", ", missing)}; wanted is the binary version of {Name} (its archive unpacks to {Folder}), not the one for Python or Matlab.", Path.Combine(root, missing[0]));
        return [.. names.Select(n => Path.Combine(root, n))];
    }

    /// <summary>The class names: of the file beside the data, else the usual ones.</summary>
    public IReadOnlyList<string> ClassNames(string folder)
    {
        var file = Path.Combine(folder, NamesFile);
        if (!File.Exists(file))
            return Names;
        string[] names = [.. File.ReadLines(file).Select(l => l.Trim()).Where(l => l != "")];
        if (names.Length != Classes || names.Distinct().Count() != Classes)
            throw new InvalidDataException($"'{file}' holds {names.Length} names, {names.Distinct().Count()} of them different; {Name} has {Classes} classes, so wanted are {Classes} different names, one a line.");
        return names;
    }
}
