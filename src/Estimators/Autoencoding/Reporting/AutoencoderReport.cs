using Fovea.Autoencoding.Evaluation;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Autoencoding.Reporting;

/// <summary>What there is to say of an autoencoder.</summary>
internal static class AutoencoderReport
{
    private const int SampleColumns = 10, InterpolationSteps = 10, PlaneSteps = 16;

    /// <param name="model">Of which.</param>
    /// <param name="predictions">Rows with images and reconstructions; null for none.</param>
    /// <param name="options">How many pictures, how large.</param>
    /// <param name="evaluation">How it is measured; null for the model's columns.</param>
    public static ReportContent Of(AutoencoderTransformer model, IDataView? predictions, ReportOptions options, AutoencoderEvaluation? evaluation = null)
    {
        var name = $"{model.Options.Architecture} ({model.Options.Kind.ToString().ToLowerInvariant()})";
        var content = new ReportContent
        {
            Task = AutoencoderTransformer.Kind,
            Name = $"Autoencoder: {name}",
            Model = name,
            Options = model.Options,
            History = model.History,
            Networks = [(name, model.Summary)],
            Facts =
            [
                new("latentSize", "Numbers of a code", ReportValue.Count(model.Options.LatentSize)),
                .. model.AnomalyThreshold is { } threshold ? [new ReportFact("anomalyThreshold", "Anomalous from an error of", ReportValue.Measured(threshold))] : Array.Empty<ReportFact>(),
            ],
        };
        if (predictions is null)
            return content with { Sections = Codes(model, []) is { Parts.Count: > 0 } codes ? [codes] : [] };
        var seen = new ErrorReview(options.Pictures);
        var metrics = ReconstructionPass.Run(predictions, evaluation ?? Usual(model.Options), seen.Add);
        var sections = new List<ReportSection> { Reconstructions(model, metrics, seen) };
        if (Codes(model, seen.First) is { Parts.Count: > 0 } made)
            sections.Add(made);
        return content with { Headline = Headline(metrics), Sections = sections };
    }

    /// <summary>The columns that the model makes.</summary>
    private static AutoencoderEvaluation Usual(AutoencoderOptions options) => new()
    {
        ImageColumn = options.ImageColumn,
        ReconstructionColumn = options.ReconstructionColumn,
        NoisyImageColumn = options.NoisyImageColumn,
        Channels = options.Channels,
        Resize = options.Resize,
        LatentColumn = options.LatentColumn,
        NegativeLogLikelihoodColumn = options.NegativeLogLikelihoodColumn,
        DivergenceColumn = options.DivergenceColumn,
        ImportanceBoundColumn = options.ImportanceBoundColumn,
        ScoreColumn = options.ReconstructionErrorColumn,
        IsAnomalyColumn = options.IsAnomalyColumn,
    };

    private static IReadOnlyList<ReportFact> Headline(AutoencoderMetrics metrics)
    {
        List<ReportFact> facts =
        [
            new("psnr", "PSNR", ReportValue.Measured(Math.Round(metrics.Psnr, 2), "dB")),
            new("ssim", "SSIM", ReportValue.Score(metrics.Ssim)),
        ];
        if (metrics.PsnrGain is { } gain)
            facts.Add(new("psnrGain", "Above the corrupted images", ReportValue.Measured(Math.Round(gain, 2), "dB")));
        if (metrics.NegativeElbo is { } bound)
            facts.Add(new("negativeElbo", "−ELBO an image", ReportValue.Measured(Math.Round(bound, 2), "nats")));
        if (metrics.ImportanceWeightedBound is { } weighted)
            facts.Add(new("importanceWeightedBound", "Importance-weighted bound", ReportValue.Measured(Math.Round(weighted, 2), "nats")));
        if (metrics.RocAuc is { } area)
            facts.Add(new("rocAuc", "ROC area of anomalies", ReportValue.Score(area)));
        facts.Add(new("images", "Images evaluated", ReportValue.Count(metrics.Rows)));
        return facts;
    }

    private static ReportSection Reconstructions(AutoencoderTransformer model, AutoencoderMetrics metrics, ErrorReview seen)
    {
        List<ReportFact> facts =
        [
            new("meanSquaredError", "Mean squared error", ReportValue.Measured(metrics.MeanSquaredError)), new("psnr", "PSNR, dB", ReportValue.Measured(metrics.Psnr)), new("ssim", "SSIM", ReportValue.Score(metrics.Ssim)),
            new("dimensions", "Numbers of an image", ReportValue.Count(metrics.Dimensions)),
        ];
        Add("noisyMeanSquaredError", "Mean squared error of corrupted images", metrics.NoisyMeanSquaredError);
        Add("noisyPsnr", "PSNR of corrupted images, dB", metrics.NoisyPsnr);
        Add("noisySsim", "SSIM of corrupted images", metrics.NoisySsim);
        Add("negativeLogLikelihood", "Reconstruction, nats an image", metrics.NegativeLogLikelihood);
        Add("klDivergence", "Divergence, nats an image", metrics.KLDivergence);
        Add("negativeElbo", "−ELBO, nats an image", metrics.NegativeElbo);
        Add("importanceWeightedBound", "Importance-weighted bound, nats", metrics.ImportanceWeightedBound);
        Add("bitsPerDimension", "Bits a dimension", metrics.BitsPerDimension);
        Add("rocAuc", "ROC area of anomalies", metrics.RocAuc);
        Add("truePositiveRate", "Anomalies found", metrics.TruePositiveRate);
        Add("falsePositiveRate", "Others taken for anomalies", metrics.FalsePositiveRate);
        List<ReportPart> parts = [new FactsPart("metrics", facts), .. seen.Histograms(model.AnomalyThreshold)];
        if (seen.Worst.Count > 0)
        {
            parts.Add(new PicturesPart("worstImages", "The largest errors", [.. seen.Worst.Select(Group)]) { Note = "What the model is worst at; of a model for anomalies, what it takes for one." });
            parts.Add(new PicturesPart("firstImages", "As they come", [.. seen.First.Select(Group)]) { Note = "The first images of the data." });
        }
        return new("reconstructions", "Reconstructions", parts);

        void Add(string key, string label, double? value)
        {
            if (value is { } number)
                facts.Add(new(key, label, ReportValue.Measured(number)));
        }
    }

    private static PictureGroup Group(ReconstructedImage image) => new(image.Name,
    [
        new("image", $"{image.Name}: the image", image.Image()),
        .. image.IsCorrupted ? [new ReportPicture("corrupted", $"{image.Name}: what the network saw", image.Seen())] : Array.Empty<ReportPicture>(),
        new("reconstruction", $"{image.Name}: the reconstruction", image.Made()),
    ])
    {
        Facts =
        [
            new("score", "error", ReportValue.Measured(image.Score ?? image.MeanSquaredError)),
            .. image.IsAnomaly is { } anomalous ? [new ReportFact("isAnomaly", "truly", anomalous ? "an anomaly" : "none")] : Array.Empty<ReportFact>(),
        ],
    };

    /// <summary>Images made of codes: drawn, between two images, over the plane of two numbers.</summary>
    private static ReportSection Codes(AutoencoderTransformer model, IReadOnlyList<ReconstructedImage> images)
    {
        List<ReportPart> parts = [];
        if (model.Options.IsVariational)
            Sheet("samples", "Samples", $"Codes drawn from the standard normal distribution, seed {model.Options.Seed}.", model.Pictures(model.DrawCodes(SampleColumns * SampleColumns, model.Options.Seed)), SampleColumns);
        var pairs = images.Chunk(2).Where(p => p.Length == 2).Take(SampleColumns / 2).ToList();
        if (pairs.Count > 0)
            Sheet("interpolations", "Interpolations", "Left and right reconstructions of two images of the data, between them the line between their codes.", [.. pairs.SelectMany(p => Line(model, p[0], p[1]))], InterpolationSteps);
        if (model.Options.LatentSize == 2)
            Sheet("plane", "The plane of codes", "The first number from left to right, the second from bottom to top.", model.Plane(PlaneSteps).Pictures, PlaneSteps);
        return new("codes", "Images from codes", parts);

        void Sheet(string key, string title, string note, IReadOnlyList<Canvas> pictures, int columns) =>
            parts.Add(new PicturesPart(key, title, [new("", [new("", $"{title}: {pictures.Count} images in {columns} columns", new PictureGrid(pictures, columns).Paint()) { IsSheet = true }])]) { Note = note });
    }

    private static IReadOnlyList<Canvas> Line(AutoencoderTransformer model, ReconstructedImage first, ReconstructedImage second)
    {
        using var from = first.Image().ToImage();
        using var to = second.Image().ToImage();
        return model.Pictures(model.Line(from, to, InterpolationSteps));
    }
}
