using Fovea.Data;
using Fovea.Generation;
using Fovea.Generation.Networks;
using Fovea.Generation.Reporting;
using Fovea.Reporting;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>
/// A trained GAN. To rows with latent vectors it adds the images that the generator makes of them, to rows with images what the
/// discriminator says of them, and both where there is both. It is made by <see cref="GanTrainer"/> or <c>ml.Vision.Load</c> and
/// disposed by its owner.
/// </summary>
/// <remarks>
/// A model with classes takes the class of each latent vector from the label column, and scores an image as the class which it is
/// most real as. <c>ml.Vision.Save</c> keeps all of it; <c>ml.Model.Save</c> cannot write it.
/// </remarks>
public sealed partial class GanTransformer : ITransformer, IStorable, ITensorPredictor<float>, IReportSource, IDisposable
{
    internal const string Kind = "gan";

    private readonly GanNetwork _network;
    private readonly PixelNormalizer _normalizer;
    private readonly GanModel _model;
    private readonly GanPredictor _predictor;
    private readonly Device _device;
    private readonly IReadOnlyList<PredictionColumn<float>> _outputs;

    /// <summary>Takes the network over.</summary>
    internal GanTransformer(GanNetwork network, GanModel model, IReadOnlyList<string> classNames, TrainingHistory history, Device device)
    {
        _network = network;
        _network.eval();
        _normalizer = model.Normalizer();
        _model = model;
        _device = device;
        ClassNames = classNames;
        History = history;
        _predictor = new GanPredictor(network, _normalizer, model, classNames.Count, device, MixedPrecision.Choose(model.Options.Precision, device));
        _outputs = [GanColumns.ScoreOf(model.Options)];
    }

    /// <summary>Names of classes 0 .. K−1 that images can be asked for of; empty where it was trained without.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How the model was trained.</summary>
    public TrainingHistory History { get; }

    /// <summary>The options it was trained with. Device, progress, cancellation and folder are not part of a loaded model's.</summary>
    public GanOptions Options => _model.Options;

    /// <summary>The generator layer by layer, on a latent vector and, with classes, the class.</summary>
    public NetworkSummary Summary => NetworkSummary.Of(_network.Generator, [Options.LatentSize + ClassNames.Count], z => _network.Generator.call(z), _device);

    /// <summary>The discriminator layer by layer, on an image and, with classes, the class.</summary>
    public NetworkSummary DiscriminatorSummary => NetworkSummary.Of(_network.Discriminator, [_model.Input.Channels, _model.Input.Height, _model.Input.Width],
        images => _network.Discriminator.call(images, ClassNames.Count == 0 ? null : zeros([1, ClassNames.Count], device: _device)), _device);

    /// <summary>True: every row is made from itself alone.</summary>
    public bool IsRowToRowMapper => true;

    ImageInput ITensorPredictor<float>.Input => _model.Input;

    string IImagePredictor<float>.ImageColumn => Options.ImageColumn;

    int IImagePredictor<float>.BatchSize => Options.BatchSize;

    IReadOnlyList<PredictionColumn<float>> IImagePredictor<float>.Outputs => _outputs;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is neither a column of latent vectors nor one of images, or one of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapper(inputSchema).OutputSchema;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is neither a column of latent vectors nor one of images, or one of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (makes, judges) = Applicable(input.Schema);
        if (makes)
            input = new PredictionView<GeneratedPicture>(Maker(input.Schema), input);
        return judges ? new PredictionView<float>(new ImageMapper<float>(this, input.Schema), input) : input;
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inputSchema);

    /// <summary>New images, made as the view is read; the same seed gives the same ones.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Of the latent vectors.</param>
    /// <param name="label">The class, of a model with classes; null: each class in turn.</param>
    /// <returns>Rows with the latent vector, the label where there are classes, and the image, in the columns that the options name.</returns>
    /// <exception cref="ArgumentException">The model has no such class.</exception>
    public IDataView Generate(int count, int seed, string? label = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Transform(Rows(LatentSource.Draw(Options, count, seed), label));
    }

    /// <summary>
    /// Images on the way from one latent vector to another: along the great arc with a normal prior (White, 2016,
    /// https://arxiv.org/abs/1609.04468), whose vectors all have nearly the same length, and straight with a uniform one.
    /// </summary>
    /// <param name="from">Z finite numbers.</param>
    /// <param name="to">Z finite numbers.</param>
    /// <param name="steps">Images, at least 2; the first and the last are those of the two vectors.</param>
    /// <param name="label">The class, of a model with classes; null: the first.</param>
    /// <returns>As <see cref="Generate"/>.</returns>
    /// <exception cref="ArgumentException">A vector has another length or a number that is not finite, or the model has no such class.</exception>
    public IDataView Interpolate(IReadOnlyList<float> from, IReadOnlyList<float> to, int steps, string? label = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        Check(from, nameof(from));
        Check(to, nameof(to));
        var path = LatentPath.Between(from, to, steps, Options.Prior);
        return Transform(Rows(path, label ?? (ClassNames.Count > 0 ? ClassNames[0] : null)));
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        _network.Dispose();
        _normalizer.Dispose();
    }

    float[] ITensorPredictor<float>.Predict(Tensor images) => _predictor.Judge(images);

    ReportContent IReportSource.Describe(IDataView? predictions, ReportOptions options) => GanReport.Of(this, predictions, options);

    ModelDescription IStorable.Describe() => new()
    {
        Kind = Kind,
        Options = ModelJson.ToNode(_model),
        ClassNames = ClassNames,
        History = History,
    };

    IReadOnlyDictionary<string, Tensor> IStorable.Weights() => _network.state_dict();

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("ml.Model.Save cannot write a GAN, and a file it began is now incomplete. Save it with ml.Vision.Save(model, path).");

    private (bool Makes, bool Judges) Applicable(DataViewSchema schema)
    {
        var (makes, judges) = (schema.GetColumnOrNull(Options.LatentColumn) is not null, schema.GetColumnOrNull(Options.ImageColumn) is not null);
        return makes || judges ? (makes, judges)
            : throw new ArgumentException($"There is neither a column '{Options.LatentColumn}' of latent vectors nor a column '{Options.ImageColumn}' of images. The columns are {ImageColumn.Names(schema)}.");
    }

    private IRowToRowMapper Mapper(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (makes, judges) = Applicable(input);
        if (!makes)
            return new ImageMapper<float>(this, input);
        var maker = Maker(input);
        return judges ? new MapperPair(maker, new ImageMapper<float>(this, maker.OutputSchema)) : maker;
    }

    private LatentMapper Maker(DataViewSchema input) => new(_predictor, Options, ClassNames, input);

    private LatentRows Rows(IReadOnlyList<float[]> latents, string? label)
    {
        if (ClassNames.Count == 0)
            return label is null ? LatentRows.Of(latents, Options, null, [])
                : throw new ArgumentException($"The model was trained without classes, so none can be asked for; '{label}' is. Train with {nameof(GanOptions)}.{nameof(GanOptions.Conditional)}.", nameof(label));
        var only = label is null ? -1 : ClassNames.ToList().IndexOf(label);
        if (label is not null && only < 0)
            throw new ArgumentException($"The model has no class '{label}'. Its classes are {string.Join(", ", ClassNames)}.", nameof(label));
        return LatentRows.Of(latents, Options, [.. Enumerable.Range(0, latents.Count).Select(i => only >= 0 ? only : i % ClassNames.Count)], ClassNames);
    }

    private void Check(IReadOnlyList<float> latent, string argument)
    {
        ArgumentNullException.ThrowIfNull(latent, argument);
        if (latent.Count != Options.LatentSize)
            throw new ArgumentException($"The latent vector has {latent.Count} numbers; the model takes {Options.LatentSize}.", argument);
        foreach (var number in latent)
            if (!float.IsFinite(number))
                throw new ArgumentException($"The latent vector must be finite; a number of it is {number}.", argument);
    }
}
