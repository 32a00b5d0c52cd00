using Fovea.Backbones;
using Fovea.Data;
using Fovea.Reporting;
using Fovea.Segmentation;
using Fovea.Segmentation.Networks;
using Fovea.Segmentation.Reporting;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// A trained segmenter. It adds the predicted mask of every image, of the image's own size; it is made by
/// <see cref="SegmentationTrainer"/> or <c>ml.Vision.Load</c> and disposed by its owner.
/// </summary>
/// <remarks>
/// Images keep their size, padded to what the network needs and cut back, unless the options give a size; then they are resized,
/// and the probabilities are brought back to the original. Large images are predicted in tiles
/// (<see cref="SegmentationOptions.TileSize"/>). <c>ml.Vision.Save</c> keeps all of it; <c>ml.Model.Save</c> cannot write it.
/// </remarks>
public sealed class SegmentationTransformer : ITransformer, IStorable, IImagePredictor<SegmentationPrediction>, IReportSource, IDisposable
{
    internal const string Kind = "segmentation";

    private readonly SegmentationNetwork _network;
    private readonly PixelNormalizer _normalizer;
    private readonly SegmentationModel _model;
    private readonly SegmentationPredictor _predictor;
    private readonly Device _device;
    private readonly bool _isOwner;
    private readonly FoldedConvolutions? _folded;
    private readonly IReadOnlyList<PredictionColumn<SegmentationPrediction>> _outputs;

    /// <summary>Takes network and normalizer over, where it is to be their owner.</summary>
    internal SegmentationTransformer(SegmentationNetwork network, PixelNormalizer normalizer, SegmentationModel model, IReadOnlyList<string> classNames, TrainingHistory history, Device device, bool isOwner = true)
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
        _predictor = new SegmentationPredictor(network, normalizer, model, classNames.Count, device, precision);
        _outputs = SegmentationColumns.Of(model.Options, classNames);
    }

    /// <summary>Names of classes 0 .. K−1: the values of the predicted mask.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How the model was trained.</summary>
    public TrainingHistory History { get; }

    /// <summary>The options it was trained with. Device, progress, cancellation and data sets are not part of a loaded model's.</summary>
    public SegmentationOptions Options => _model.Options;

    /// <summary>How it makes numbers of pixels, with the mean and standard deviation that were measured.</summary>
    public Normalization Normalization => _model.Normalization;

    /// <summary>
    /// The network layer by layer, for an image of the size of the training's, enlarged to what the network takes; of one with new weights: in
    /// this one batch norms are part of the convolutions.
    /// </summary>
    public NetworkSummary Summary
    {
        get
        {
            var input = _model.Input;
            using var network = _model.CreateNetwork(ClassNames.Count, CPU);
            return NetworkSummary.Of(network, [input.Channels, input.Height, input.Width],
                image => StridePadding.Run(image, network.call, network.Stride, network.MinimumSize), CPU);
        }
    }

    /// <summary>True: every row is predicted from itself alone.</summary>
    public bool IsRowToRowMapper => true;

    string IImagePredictor<SegmentationPrediction>.ImageColumn => Options.ImageColumn;

    int IImagePredictor<SegmentationPrediction>.BatchSize => Options.BatchSize;

    IReadOnlyList<PredictionColumn<SegmentationPrediction>> IImagePredictor<SegmentationPrediction>.Outputs => _outputs;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new PredictionView<SegmentationPrediction>(Mapper(input.Schema), input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inputSchema);

    /// <summary>
    /// The same model predicting with other views of each image. It uses this one's network: it is to be used as long as this one
    /// lives, and disposing it frees nothing. Saving it saves the network with those views.
    /// </summary>
    /// <param name="testTime">The views; <see cref="TestTimeAugmentation.None"/> for the image alone.</param>
    /// <exception cref="ArgumentException">They are out of their bounds; the message lists every one.</exception>
    public SegmentationTransformer With(TestTimeAugmentation testTime)
    {
        ArgumentNullException.ThrowIfNull(testTime);
        Options.ViewProblems(testTime).ThrowIfAny("The views", nameof(testTime));
        return new(_network, _normalizer, _model with { Options = Options with { TestTime = testTime } }, ClassNames, History, _device, isOwner: false);
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

    IPredictionSession<SegmentationPrediction> IImagePredictor<SegmentationPrediction>.Open(int capacity) => new SegmentationSession(_predictor, _model, capacity);

    ReportContent IReportSource.Describe(IDataView? predictions, ReportOptions options) => SegmentationReport.Of(this, predictions, options);

    ModelDescription IStorable.Describe() => new()
    {
        Kind = Kind,
        Options = ModelJson.ToNode(_model),
        ClassNames = ClassNames,
        History = History,
    };

    IReadOnlyDictionary<string, Tensor> IStorable.Weights() => new Dictionary<string, Tensor>([.. _network.state_dict(), .. _normalizer.Tensors()]);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("ml.Model.Save cannot write a segmenter, and a file it began is now incomplete. Save it with ml.Vision.Save(model, path).");

    private ImageMapper<SegmentationPrediction> Mapper(DataViewSchema input) => new(this, input);
}
