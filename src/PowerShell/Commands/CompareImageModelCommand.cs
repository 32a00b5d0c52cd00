using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Measures several models on the same images and ranks them.</summary>
[Cmdlet(VerbsData.Compare, "ImageModel")]
[OutputType(typeof(ModelComparison))]
public sealed class CompareImageModelCommand : FoveaCommand
{
    private readonly List<ImageModel> _models = [];

    /// <summary>The models, all of one task.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public ImageModel[] Model { get; set; } = [];

    /// <summary>What to measure them on.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>Of generators: the classifier whose features compare generated images with real ones.</summary>
    [Parameter]
    public ImageModel? Features { get; set; }

    private protected override object? Target => Dataset;

    private protected override void Process() => _models.AddRange(Model);

    private protected override void Finish()
    {
        if (_models.Select(m => m.Task).Distinct().ToList() is { Count: > 1 } tasks)
            throw new ArgumentException($"Models of one task can be compared; these are of {string.Join(", ", tasks)}.");
        var meter = new ModelMeter { Features = Features };
        List<ModelMeasurement> measured = [];
        foreach (var model in _models)
            Guard(() => measured.Add(Worker.Run("Fovea measuring", (_, token) => (meter with { Cancellation = token }).Measure(ML, model, Dataset), new CommandStreams(this), Stop)), () => model);
        // Distances are better small, shares large.
        var ranked = measured is [GenerationMeasurement, ..] ? measured.OrderBy(m => m.Headline) : measured.OrderByDescending(m => m.Headline);
        foreach (var (place, one) in ranked.Index())
            WriteObject(new ModelComparison(place + 1, one));
    }
}
