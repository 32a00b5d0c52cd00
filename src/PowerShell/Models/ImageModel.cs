using Microsoft.ML;

namespace Fovea.PowerShell;

/// <summary>A trained model, as it flows through a pipeline: the network, how it was trained, and the data it was trained with.</summary>
public sealed class ImageModel : IDisposable
{
    private readonly Lazy<NetworkSummary> _summary;

    private ImageModel(ITransformer transformer, ImageTask task, Enum architecture, TrainingOptions options, TrainingHistory history, IReadOnlyList<string> classNames, Func<NetworkSummary> summary)
    {
        (Transformer, Task, Architecture, Options, History, ClassNames) = (transformer, task, architecture.ToString(), options, history, classNames);
        _summary = new(summary);
    }

    /// <summary>What it is called: its file where it has one, else its architecture.</summary>
    public string Name => Path is null ? Architecture : System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>What it does.</summary>
    public ImageTask Task { get; }

    /// <summary>The network.</summary>
    public string Architecture { get; }

    /// <summary>The classes 0 .. K-1 that it tells apart or draws; empty where there are none.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Trained numbers. The network runs once the first time this is asked for.</summary>
    public long Parameters => Summary.Parameters;

    /// <summary>The file that it was read from or written to last; null where there is none.</summary>
    public string? Path { get; internal set; }

    /// <summary>The epochs of its training.</summary>
    public TrainingHistory History { get; }

    /// <summary>What it was trained with.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The data that it was trained on in this session; null for a model from a file.</summary>
    public ImageDataset? TrainingDataset { get; internal init; }

    /// <summary>The data held out by <c>Split-ImageDataset</c>; null where there is none. <c>Measure-ImageModel</c> takes it where it is told no other.</summary>
    public ImageDataset? TestDataset { get; internal init; }

    /// <summary>The network layer by layer.</summary>
    public NetworkSummary Summary => _summary.Value;

    /// <summary>The model, as ML.NET has it.</summary>
    public ITransformer Transformer { get; }

    /// <summary>Frees the network.</summary>
    public void Dispose() => (Transformer as IDisposable)?.Dispose();

    /// <summary>What it is and what it learned.</summary>
    public override string ToString() => $"{Name}: {Task} by {Architecture}{(ClassNames.Count > 0 ? $", {ClassNames.Count} classes" : "")}";

    /// <exception cref="NotSupportedException">It is no model of this library alone.</exception>
    internal static ImageModel Of(ITransformer transformer, ImageDataset? training = null, ImageDataset? test = null)
    {
        var (task, architecture, options, history, classNames, summary) = transformer switch
        {
            CnnTransformer m => Facts(ImageTask.Classification, m.Options.Architecture, m.Options, m.History, m.ClassNames, () => m.Summary),
            SegmentationTransformer m => Facts(ImageTask.Segmentation, m.Options.Architecture, m.Options, m.History, m.ClassNames, () => m.Summary),
            DetectionTransformer m => Facts(ImageTask.Detection, m.Options.Architecture, m.Options, m.History, m.ClassNames, () => m.Summary),
            AutoencoderTransformer m => Facts(ImageTask.Autoencoding, m.Options.Architecture, m.Options, m.History, [], () => m.Summary),
            GanTransformer m => Facts(ImageTask.Generation, m.Options.Architecture, m.Options, m.History, m.ClassNames, () => m.Summary),
            _ => throw new NotSupportedException($"A {transformer.GetType().Name.Split('`')[0]} is no model of one task; ml.Vision.Load reads chains."),
        };
        return new(transformer, task, architecture, options, history, classNames, summary) { TrainingDataset = training, TestDataset = test };
    }

    private static (ImageTask, Enum, TrainingOptions, TrainingHistory, IReadOnlyList<string>, Func<NetworkSummary>) Facts(ImageTask task, Enum architecture, TrainingOptions options, TrainingHistory history, IReadOnlyList<string> classNames, Func<NetworkSummary> summary) =>
        (task, architecture, options, history, classNames, summary);
}
