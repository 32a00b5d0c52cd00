using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Predicts images: files, bytes or a data set.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ImageModel", DefaultParameterSetName = "Path")]
[OutputType(typeof(ImagePrediction))]
public sealed class InvokeImageModelCommand : FoveaCommand
{
    private readonly List<GivenImage> _waiting = [];
    private long _row;

    /// <summary>The images' files, as strings or from Get-ChildItem; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Path", ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The images' files, as they stand: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The bytes of an image file. (A comma keeps PowerShell from sending them one by one: , $bytes | Invoke-ImageModel $model.)</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Bytes", ValueFromPipeline = true)]
    public byte[] Bytes { get; set; } = [];

    /// <summary>A data set, every image of it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Dataset", ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>The model, from a training or from Import-ImageModel.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public ImageModel Model { get; set; } = null!;

    private protected override object? Target => ParameterSetName switch { "Dataset" => Dataset, "Bytes" => $"image {_row - 1}", "LiteralPath" => LiteralPath, _ => Path };

    private protected override void Process()
    {
        switch (ParameterSetName)
        {
            case "Dataset":
                Worker.Run("Fovea prediction", (streams, token) =>
                {
                    new ImagePredictor(Model, streams, token).Predict(Dataset);
                    return 0;
                }, new CommandStreams(this), Stop);
                break;
            case "Bytes":
                Add(new GivenImage { Bytes = Bytes, Row = _row++ });
                break;
            default:
                var isLiteral = ParameterSetName == "LiteralPath";
                foreach (var path in Resolve(isLiteral ? LiteralPath : Path, isLiteral))
                    Add(new GivenImage { Path = path, Row = _row++ });
                break;
        }
    }

    private protected override void Finish() => Predict();

    private void Add(GivenImage image)
    {
        // Paths and bytes are columns of different types.
        if (_waiting.Count > 0 && _waiting[0].Bytes is null != image.Bytes is null)
            Predict();
        _waiting.Add(image);
        if (_waiting.Count >= Model.Options.BatchSize)
            Predict();
    }

    private void Predict()
    {
        if (_waiting.Count == 0)
            return;
        GivenImage[] batch = [.. _waiting];
        _waiting.Clear();
        new ImagePredictor(Model, new CommandStreams(this), Stop).Predict(batch);
    }
}
