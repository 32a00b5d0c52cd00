using Fovea.Backbones;
using Fovea.Data;
using Fovea.Detection;
using Fovea.Detection.Networks;
using Fovea.Detection.Proposals;
using Fovea.Detection.Reporting;
using Fovea.Reporting;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// A trained detector. It adds the labels, scores and boxes of the objects of every image, from the highest score down, in pixels of
/// the upright original; it is made by <see cref="DetectionTrainer"/> or <c>ml.Vision.Load</c> and disposed by its owner.
/// </summary>
/// <remarks>
/// All that scores above <see cref="DetectionOptions.ScoreThreshold"/> is told, which by default is little, because average precision
/// is measured over all scores; <see cref="With"/> gives the same model with thresholds for use. <c>ml.Vision.Save</c> keeps all
/// of it; <c>ml.Model.Save</c> cannot write it.
/// </remarks>
public sealed class DetectionTransformer : ITransformer, IStorable, IImagePredictor<DetectionPrediction>, IReportSource, IDisposable
{
    internal const string Kind = "detection";

    private readonly DetectionNetwork _network;
    private readonly PixelNormalizer _normalizer;
    private readonly DetectionModel _model;
    private readonly DetectionPredictor _predictor;
    private readonly Device _device;
    private readonly bool _isOwner;
    private readonly FoldedConvolutions? _folded;
    private readonly IReadOnlyList<PredictionColumn<DetectionPrediction>> _outputs;

    /// <summary>Takes network and normalizer over, where it is to be their owner.</summary>
    internal DetectionTransformer(DetectionNetwork network, PixelNormalizer normalizer, DetectionModel model, IReadOnlyList<string> classNames, TrainingHistory history, Device device, bool isOwner = true)
    {
        _network = network;
        _network.eval();
        _normalizer = normalizer;
        _model = model;
        _device = device;
        _isOwner = isOwner;
        ClassNames = classNames;
        History = history;
        var precision = MixedPrecision.Choose(model.Options.Precision, device);
        if (isOwner)
            _folded = FoldedConvolutions.Of(network, precision, device);
        _predictor = new DetectionPredictor(network, normalizer, model.Options, device, precision);
        _outputs = DetectionColumns.Of(model.Options, classNames);
    }

    /// <summary>Names of classes 0 .. K−1.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How the model was trained.</summary>
    public TrainingHistory History { get; }

    /// <summary>The options it was trained with. Device, progress, cancellation and data sets are not part of a loaded model's.</summary>
    public DetectionOptions Options => _model.Options;

    /// <summary>How it makes numbers of pixels, with the mean and standard deviation that were measured.</summary>
    public Normalization Normalization => _model.Normalization;

    /// <summary>The network layer by layer, of one with new weights: in this one batch norms are part of the convolutions.</summary>
    public NetworkSummary Summary
    {
        get
        {
            using var network = _model.CreateNetwork(ClassNames.Count, CPU);
            return NetworkSummary.Of(network, [(long)Options.Channels, Options.ImageHeight, Options.ImageWidth], images => Predict(network, images), CPU);
        }
    }

    /// <summary>True: every row is predicted from itself alone.</summary>
    public bool IsRowToRowMapper => true;

    string IImagePredictor<DetectionPrediction>.ImageColumn => Options.ImageColumn;

    string IImagePredictor<DetectionPrediction>.CompanionRole => "list of proposals";

    int IImagePredictor<DetectionPrediction>.BatchSize => Options.BatchSize;

    IReadOnlyList<PredictionColumn<DetectionPrediction>> IImagePredictor<DetectionPrediction>.Outputs => _outputs;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new PredictionView<DetectionPrediction>(Mapper(input.Schema), input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inputSchema);

    /// <summary>
    /// The same model with other thresholds. It uses this one's network: it is to be used as long as this one lives, and disposing it
    /// frees nothing. Saving it saves the network with those thresholds.
    /// </summary>
    /// <param name="scoreThreshold">Objects of a score above it are told, 0 to 1. Null: as it is.</param>
    /// <param name="iouThreshold">Of two boxes of a class with an IoU above it the better is kept, 0 to 1. Null: as it is.</param>
    /// <param name="maxDetections">Objects of an image that are told at most, 1 to 10,000. Null: as it is.</param>
    /// <exception cref="ArgumentException">One is out of its bounds; the message lists every one.</exception>
    public DetectionTransformer With(double? scoreThreshold = null, double? iouThreshold = null, int? maxDetections = null)
    {
        var options = Options with
        {
            ScoreThreshold = scoreThreshold ?? Options.ScoreThreshold,
            IouThreshold = iouThreshold ?? Options.IouThreshold,
            MaxDetections = maxDetections ?? Options.MaxDetections,
        };
        options.ThresholdProblems().ThrowIfAny("The thresholds");
        return new(_network, _normalizer, _model with { Options = options }, ClassNames, History, _device, isOwner: false);
    }

    /// <summary>Frees the network, unless <see cref="With"/> gave this transformer.</summary>
    public void Dispose()
    {
        if (!_isOwner)
            return;
        _folded!.Dispose();
        _network.Dispose();
        _normalizer.Dispose();
    }

    DataViewSchema.Column? IImagePredictor<DetectionPrediction>.Companion(DataViewSchema input) =>
        Options.FasterRcnn.ProposalsColumn is { } proposals ? ProposalReader.Find(input, proposals) : null;

    IPredictionSession<DetectionPrediction> IImagePredictor<DetectionPrediction>.Open(int capacity) =>
        new DetectionSession(_predictor, DetectionModel.InputOf(Options), capacity, Options.FasterRcnn.ProposalsColumn);

    ReportContent IReportSource.Describe(IDataView? predictions, ReportOptions options) => DetectionReport.Of(this, predictions, options);

    ModelDescription IStorable.Describe() => new()
    {
        Kind = Kind,
        Options = ModelJson.ToNode(_model),
        ClassNames = ClassNames,
        History = History,
    };

    IReadOnlyDictionary<string, Tensor> IStorable.Weights() => new Dictionary<string, Tensor>([.. _network.state_dict(), .. _normalizer.Tensors()]);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("ml.Model.Save cannot write a detector, and a file it began is now incomplete. Save it with ml.Vision.Save(model, path).");

    private Candidates Predict(DetectionNetwork network, Tensor images)
    {
        var limits = CandidateLimits.Of(Options);
        if (Options.FasterRcnn.ProposalsColumn is null)
            return network.Predict(images, limits);
        // It is told where to look: at the whole image.
        var whole = tensor([0, 0, images.size(3), images.size(2)], dtype: ScalarType.Float32).view(1, 1, 4); // (N, P, 4)
        return network.Predict(images, new ProposalBatch(whole, ones(1, 1, dtype: ScalarType.Bool)), limits);
    }

    private ImageMapper<DetectionPrediction> Mapper(DataViewSchema input) => new(this, input);
}
