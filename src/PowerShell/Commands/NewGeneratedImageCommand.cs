using System.Management.Automation;
using Microsoft.ML.Data;

namespace Fovea.PowerShell;

/// <summary>Draws new images with a GAN or a variational autoencoder.</summary>
[Cmdlet(VerbsCommon.New, "GeneratedImage", SupportsShouldProcess = true)]
[OutputType(typeof(GeneratedImage))]
public sealed class NewGeneratedImageCommand : FoveaCommand
{
    /// <summary>The model, from a training or from Import-ImageModel.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageModel Model { get; set; } = null!;

    /// <summary>How many, at least 1.</summary>
    [Parameter(Position = 1)]
    public int Count { get; set; } = 1;

    /// <summary>The same seed gives the same images. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>The class, of a GAN trained with classes. Default: each class in turn.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClassNameCompleter))]
    public string? Label { get; set; }

    /// <summary>The folder to write them to, as 00000.png and so on; made where it is not there. Default: nowhere.</summary>
    [Parameter]
    public string? Folder { get; set; }

    /// <summary>Overwrites files that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? Target => Model;

    private protected override void Process()
    {
        if (Count < 1)
            throw new ArgumentException($"-{nameof(Count)} must be at least 1; it is {Count}.");
        var folder = Folder is null ? null : NewPath(Folder);
        if (!ShouldProcess(folder ?? Model.ToString(), $"Draw {Count} images"))
            return;
        if (folder is not null)
            Directory.CreateDirectory(folder);
        var row = 0L;
        foreach (var (image, label) in Images())
        {
            Stop.ThrowIfCancellationRequested();
            var path = folder is null ? null : WritablePath(Path.Combine(folder, $"{row:00000}.png"), Force);
            if (path is not null)
                image.Save(path);
            WriteObject(new GeneratedImage(row++, label, image, path));
        }
    }

    private IEnumerable<(MLImage Image, string? Label)> Images() => Model.Transformer switch
    {
        GanTransformer gan => Drawn(gan),
        AutoencoderTransformer coder when Label is null => coder.Sample(Count, Seed).Select(image => (image, (string?)null)),
        AutoencoderTransformer => throw new ArgumentException("An autoencoder draws no image of a class; leave -Label out."),
        _ => throw new ArgumentException($"A model of {Model.Task} draws no images; a GAN (Invoke-TrainGan) and a variational autoencoder (Invoke-TrainAutoencoder) do."),
    };

    private IEnumerable<(MLImage Image, string? Label)> Drawn(GanTransformer gan)
    {
        var view = gan.Generate(Count, Seed, Label);
        var image = view.Schema[gan.Options.GeneratedImageColumn];
        var label = view.Schema.GetColumnOrNull(gan.Options.LabelColumn);
        using var cursor = view.GetRowCursor(label is { } wanted ? [image, wanted] : [image]);
        var pixels = cursor.GetGetter<MLImage>(image);
        var number = label is { } column ? cursor.GetGetter<uint>(column) : null;
        MLImage drawn = null!;
        uint k = 0;
        while (cursor.MoveNext())
        {
            pixels(ref drawn);
            number?.Invoke(ref k);
            yield return (ImageCopy.Of(drawn), k > 0 ? gan.ClassNames[(int)k - 1] : null);
        }
    }
}
