using Fovea.Autoencoding;
using Fovea.Autoencoding.Networks;
using Fovea.Autoencoding.Reporting;
using Fovea.Data;
using Fovea.Reporting;
using Fovea.Storage;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// A trained autoencoder. It adds the code, the reconstruction and its error to every image, and makes images of codes; it is made by
/// <see cref="AutoencoderTrainer"/> or <c>ml.Vision.Load</c> and disposed by its owner.
/// </summary>
/// <remarks>
/// Reconstructions have the network's size. What prediction draws at random follows from an image's pixels, so a row's columns do not
/// depend on the other rows. <c>ml.Vision.Save</c> keeps all of it; <c>ml.Model.Save</c> cannot write it.
/// </remarks>
public sealed partial class AutoencoderTransformer : ITransformer, IStorable, ITensorPredictor<AutoencoderPrediction>, IReportSource, IDisposable
{
    internal const string Kind = "autoencoding";

    private readonly AutoencoderNetwork _network;
    private readonly AutoencoderModel _model;
    private readonly AutoencoderPredictor _predictor;
    private readonly Device _device;
    private readonly bool _isOwner;
    private readonly IReadOnlyList<PredictionColumn<AutoencoderPrediction>> _outputs;
    private readonly RowPredictor<MLImage, AutoencoderPrediction> _rows;

    /// <summary>Takes the network over, where it is to be its owner.</summary>
    internal AutoencoderTransformer(AutoencoderNetwork network, AutoencoderModel model, TrainingHistory history, Device device, bool isOwner = true, InputNoise? noise = null, int seed = 0)
    {
        _network = network;
        _network.eval();
        _model = model;
        _device = device;
        _isOwner = isOwner;
        History = history;
        _predictor = new AutoencoderPredictor(network, model, device, noise, seed);
        _outputs = AutoencoderColumns.Of(model.Options, model.Input, model.AnomalyThreshold ?? double.NaN, isCorrupted: noise is not null);
        _rows = new(this);
    }

    /// <summary>How the model was trained.</summary>
    public TrainingHistory History { get; }

    /// <summary>The options it was trained with. Device, progress, cancellation and data sets are not part of a loaded model's.</summary>
    public AutoencoderOptions Options => _model.Options;

    /// <summary>H and W of reconstructions and samples, in pixels.</summary>
    public (int Height, int Width) ImageSize => (_model.Input.Height, _model.Input.Width);

    /// <summary>The reconstruction error above which an image is an anomaly; null where none was asked for, or training ended early.</summary>
    public double? AnomalyThreshold => _model.AnomalyThreshold;

    /// <summary>The network layer by layer, encoder and decoder.</summary>
    public NetworkSummary Summary => NetworkSummary.Of(_network, [_model.Input.Channels, _model.Input.Height, _model.Input.Width], image => _network.call(image), _device);

    /// <summary>True: every row is predicted from itself alone.</summary>
    public bool IsRowToRowMapper => true;

    ImageInput ITensorPredictor<AutoencoderPrediction>.Input => _model.Input;

    string IImagePredictor<AutoencoderPrediction>.ImageColumn => Options.ImageColumn;

    int IImagePredictor<AutoencoderPrediction>.BatchSize => Options.BatchSize;

    IReadOnlyList<PredictionColumn<AutoencoderPrediction>> IImagePredictor<AutoencoderPrediction>.Outputs => _outputs;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new PredictionView<AutoencoderPrediction>(Mapper(input.Schema), input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inputSchema);

    /// <summary>
    /// The same model, which sees corrupted images when it transforms and adds them as a column; errors and bounds are those to the clean ones. It
    /// uses this one's network: it is to be used as long as this one lives, and disposing it frees nothing. Saving it saves the model
    /// without the noise.
    /// </summary>
    /// <param name="noise">What corrupts them; null for nothing.</param>
    /// <param name="seed">With an image's pixels it decides that image's noise.</param>
    /// <exception cref="ArgumentException">The noise is out of its bounds.</exception>
    public AutoencoderTransformer With(InputNoise? noise, int seed = 0)
    {
        var problems = noise?.Problems().ToList() ?? [];
        if (problems.Count > 0)
            throw new ArgumentException($"The noise cannot be used: {string.Join("; ", problems)}.", nameof(noise));
        return new(_network, _model, History, _device, isOwner: false, noise, seed);
    }

    /// <summary>The same model with another number of samples for the importance-weighted bound; as <see cref="With(InputNoise?, int)"/> for its life.</summary>
    /// <param name="importanceSamples">0 to 100,000; 0 leaves the column out.</param>
    /// <exception cref="ArgumentException">It is out of its bounds, or the model is not variational.</exception>
    public AutoencoderTransformer With(int importanceSamples)
    {
        var options = Options with { ImportanceSamples = importanceSamples };
        (options with { Patience = null }).Problems().ThrowIfAny("The samples", nameof(importanceSamples));
        return new(_network, _model with { Options = options }, History, _device, isOwner: false);
    }

    /// <summary>Frees the network, unless <c>With</c> gave this transformer.</summary>
    public void Dispose()
    {
        if (_isOwner)
            _network.Dispose();
    }

    AutoencoderPrediction[] ITensorPredictor<AutoencoderPrediction>.Predict(Tensor images) => _predictor.Predict(images);

    ReportContent IReportSource.Describe(IDataView? predictions, ReportOptions options) => AutoencoderReport.Of(this, predictions, options);

    ModelDescription IStorable.Describe() => new()
    {
        Kind = Kind,
        Options = ModelJson.ToNode(_model),
        History = History,
    };

    IReadOnlyDictionary<string, Tensor> IStorable.Weights() => _network.state_dict();

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("ml.Model.Save cannot write an autoencoder, and a file it began is now incomplete. Save it with ml.Vision.Save(model, path).");

    private ImageMapper<AutoencoderPrediction> Mapper(DataViewSchema input) => new(this, input);
}
