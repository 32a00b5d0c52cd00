using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Classification.Reporting;
using Fovea.Data;
using Fovea.Reporting;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// A trained classifier. It adds the predicted label and the score of every class, predicting in batches; it is made by
/// <see cref="CnnTrainer"/> or <c>ml.Vision.Load</c> and disposed by its owner.
/// </summary>
/// <remarks>
/// <c>ml.Vision.Save</c> keeps all of it. <c>ml.Model.Save</c> works too, for programs that load with <c>ml.Model.Load</c> and
/// have this library beside them. What they get is a chain of ML.NET's own transformers, which gives the same columns but
/// predicts row by row, has lost the <c>SlotNames</c> and other annotations of the scores, takes images in the form that the
/// model was trained on (paths, bytes, MLImage of known size or MLImage), runs on <see cref="ComputeDevice.Auto"/>, and frees
/// the network when it is collected. A network of your own cannot be written that way, nor a model above 700 MiB.
/// </remarks>
public sealed class CnnTransformer : ITransformer, IStorable, ITensorPredictor<ClassPrediction>, IFeatureSource, IReportSource, IDisposable
{
    internal const string Kind = "classification";

    /// <summary>
    /// That are predicted at once: 16 images of 224x224. The maps of a ResNet's first layer then take 51 MB in float32, and more images together are hardly
    /// faster (32 of them by 4 % or less, on two cores with 32 MB of cache, LibTorch 1.13).
    /// </summary>
    private const long PixelsAtOnce = 16 * 224 * 224;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly PixelNormalizer _normalizer;
    private readonly CnnModel _model;
    private readonly IReadOnlyList<TestTimeView> _views;
    private readonly bool _isOwner;
    private readonly Device _device;
    private readonly Precision _precision;
    private readonly FoldedConvolutions? _folded;

    /// <summary>Takes network and normalizer over, where it is to be their owner.</summary>
    internal CnnTransformer(nn.Module<Tensor, Tensor> network, PixelNormalizer normalizer, CnnModel model, IReadOnlyList<string> classNames, TrainingHistory history, Device device, bool isOwner = true)
    {
        _network = network;
        _network.eval();
        _normalizer = normalizer;
        _model = model;
        _views = model.Options.TestTime.ViewsOf(model.Input);
        _isOwner = isOwner;
        _device = device;
        _precision = FoldedConvolutions.Choose(model.Options.Precision, network, device);
        if (isOwner)
            _folded = FoldedConvolutions.Of(network, _precision, device);
        ClassNames = classNames;
        History = history;
        Outputs = ClassificationColumns.Of(model, classNames);
    }

    /// <summary>Names of classes 0 .. K−1, in the order of the scores.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How the model was trained.</summary>
    public TrainingHistory History { get; }

    /// <summary>The options it was trained with. Device, progress, cancellation and data sets are not part of a loaded model's.</summary>
    public CnnOptions Options => _model.Options;

    /// <summary>How it makes numbers of pixels, with the mean and standard deviation that were measured.</summary>
    public Normalization Normalization => _model.Normalization;

    /// <summary>The network layer by layer; where batch norms are part of its convolutions by now, one with new weights.</summary>
    public NetworkSummary Summary
    {
        get
        {
            var input = _model.NetworkInput(ClassNames.Count);
            if (!FoldedConvolutions.Concern(_network))
                return NetworkSummary.Of(_network, input, _device);
            using var network = _model.CreateNetwork(ClassNames.Count, CPU);
            return NetworkSummary.Of(network, input, CPU);
        }
    }

    /// <summary>True: every row is predicted from itself alone.</summary>
    public bool IsRowToRowMapper => true;

    internal ImageInput Input => _model.Input;

    internal ImageColumnType Images => _model.Images;

    internal IReadOnlyList<PredictionColumn<ClassPrediction>> Outputs { get; }

    ImageInput ITensorPredictor<ClassPrediction>.Input => Options.TestTime.Enlarge(Input);

    string IImagePredictor<ClassPrediction>.ImageColumn => Options.ImageColumn;

    int IImagePredictor<ClassPrediction>.BatchSize => Options.BatchSize;

    IReadOnlyList<PredictionColumn<ClassPrediction>> IImagePredictor<ClassPrediction>.Outputs => Outputs;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new PredictionView<ClassPrediction>(Mapper(input.Schema), input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inputSchema);

    /// <summary>
    /// The same model predicting with other views of each image. It uses this one's network: it is to be used as long as this one
    /// lives, and disposing it frees nothing. Saving it saves the network with those views.
    /// </summary>
    /// <param name="testTime">The views; <see cref="TestTimeAugmentation.None"/> for the image alone.</param>
    /// <exception cref="ArgumentException">They are out of their bounds; the message lists every one.</exception>
    public CnnTransformer With(TestTimeAugmentation testTime)
    {
        ArgumentNullException.ThrowIfNull(testTime);
        testTime.Problems(Input.Height, Input.Width).ThrowIfAny("The views", nameof(testTime));
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

    ImageInput IFeatureSource.Input => Input;

    int IFeatureSource.BatchSize => Options.BatchSize;

    IFeatureSession IFeatureSource.OpenFeatures() => new LastFeatures(_network, images => Probabilities(images.to(_device)));

    ClassPrediction[] ITensorPredictor<ClassPrediction>.Predict(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        images = images.to(_device);
        var atOnce = Math.Max(1, PixelsAtOnce / (images.size(2) * images.size(3)));
        var probabilities = _device.type != DeviceType.CPU || images.size(0) <= atOnce
            ? Viewed(images)
            : cat([.. images.split(atOnce).Select(Viewed)], 0); // (N, K)
        var best = probabilities.argmax(1).cpu().data<long>().ToArray();
        var scores = probabilities.to(ScalarType.Float32).cpu().data<float>().ToArray();
        var predictions = new ClassPrediction[best.Length];
        for (var n = 0; n < predictions.Length; n++)
            predictions[n] = new(scores, n * ClassNames.Count, (int)best[n]);
        return predictions;
    }

    /// <param name="images">(N, C, H, W), uint8, on the device.</param>
    /// <returns>(N, K), float32: of the views together.</returns>
    private Tensor Viewed(Tensor images) => _views.Count == 1 ? Probabilities(images) : TestTimePrediction.Classes(images, _views, Options.TestTime.Combination, Probabilities);

    /// <param name="images">(N, C, H, W), uint8, on the device.</param>
    /// <returns>(N, K), float32.</returns>
    private Tensor Probabilities(Tensor images)
    {
        using var scope = NewDisposeScope();
        var input = _normalizer.Normalize(images);                                      // (N, C, H, W) float32
        Tensor logits;
        using (MixedPrecision.Enter(_precision, _device))
            logits = CnnModel.CheckLogits(_network.call(input), images.size(0), ClassNames.Count); // (N, K)
        return logits.to(ScalarType.Float32).softmax(1).MoveToOuterDisposeScope();
    }

    ReportContent IReportSource.Describe(IDataView? predictions, ReportOptions options) => CnnReport.Of(this, predictions, options);

    ModelDescription IStorable.Describe() => new()
    {
        Kind = Kind,
        Options = ModelJson.ToNode(_model),
        ClassNames = ClassNames,
        History = History,
    };

    IReadOnlyDictionary<string, Tensor> IStorable.Weights() => new Dictionary<string, Tensor>([.. _network.state_dict(), .. _normalizer.Tensors()]);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        if (_model.IsCustom)
            throw new NotSupportedException("ml.Model.Save cannot write a model with a network of your own, which loading would have to be given, and a file it began is now incomplete. Save it with ml.Vision.Save(model, path).");
        ClassificationMapping.ToMLNet(this, _model).Save(ctx);
    }

    private ImageMapper<ClassPrediction> Mapper(DataViewSchema input) => new(this, input);
}
