using System.Text;
using Fovea.Reporting;
using Fovea.Storage;
using Microsoft.ML;

namespace Fovea;

/// <summary>
/// What there is to say of a trained model: what ran, its curves, its network and, where it was made with data, how good the model is on
/// them, with pictures. <see cref="Save"/> writes one HTML file that needs nothing beside it. <c>ml.Vision.Report</c> makes it; the
/// model is not needed any longer then.
/// </summary>
public sealed class TrainingReport
{
    private readonly ReportPage _page;
    private readonly ReportOptions _options;

    /// <exception cref="ArgumentException">An option is out of its bounds; the message lists every one.</exception>
    internal TrainingReport(ReportContent content, ReportOptions options)
        : this(ReportAssembly.Of(content, options), options, [content])
    {
    }

    private TrainingReport(ReportPage page, ReportOptions options, IReadOnlyList<ReportContent> contents)
    {
        options.ThrowIfUnusable(nameof(options));
        (_page, _options, Contents) = (page, options, contents);
    }

    /// <summary>The heading.</summary>
    public string Title => _page.Title;

    /// <summary>The few numbers that are looked at first, by the names that <see cref="ToJson"/> gives them: <c>accuracy</c>, <c>meanIoU</c>, ...; NaN where there is none.</summary>
    public IReadOnlyDictionary<string, double> Headline => _page.Headline.Where(f => f.Value.Number is not null).ToDictionary(f => f.Key, f => f.Value.Number!.Value);

    /// <summary>Of one model, or of each that is compared.</summary>
    internal IReadOnlyList<ReportContent> Contents { get; }

    /// <summary>Several runs side by side: one table and their curves in the same figures.</summary>
    /// <param name="reports">Two or more; those made with data are compared on it too. A comparison gives all of its models.</param>
    /// <returns>A report of its own, under the names of the reports' titles.</returns>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static TrainingReport Compare(params IReadOnlyList<TrainingReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return Compare(reports, null);
    }

    /// <inheritdoc cref="Compare(IReadOnlyList{TrainingReport})"/>
    /// <param name="reports">Two or more; those made with data are compared on it too. A comparison gives all of its models.</param>
    /// <param name="options">Heading and size; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are fewer than two reports, or an option is out of its bounds.</exception>
    public static TrainingReport Compare(IReadOnlyList<TrainingReport> reports, ReportOptions? options)
    {
        ArgumentNullException.ThrowIfNull(reports);
        options ??= new ReportOptions();
        var contents = reports.SelectMany(r => r.Contents.Select(c => r.Contents.Count == 1 ? c with { Name = r.Title } : c)).ToList();
        if (contents.Count < 2)
            throw new ArgumentException($"A comparison needs at least two models; there {(contents.Count == 1 ? "is 1" : "are none")}.", nameof(reports));
        return new(ReportComparison.Of(contents, options), options, contents);
    }

    /// <summary>Several models by their training alone: one table and their curves in the same figures.</summary>
    /// <param name="models">Two or more, each a model of this library or a chain with one.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or one is no model of this library.</exception>
    public static TrainingReport Compare(params IReadOnlyList<ITransformer> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return Compare([.. models.Select(m => Of(m, null, new ReportOptions()))], null);
    }

    /// <summary>Writes the report at once or not at all: as one HTML file, or as what <see cref="ToText"/> or <see cref="ToJson"/> gives.</summary>
    /// <param name="path">Ends in .html or .htm, .txt or .json.</param>
    /// <exception cref="ArgumentException">The path ends in something else.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var content = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" => ToHtml(),
            ".txt" => ToText(),
            ".json" => ToJson(),
            var other => throw new ArgumentException($"A report is written as HTML, text or JSON, but '{path}' has the extension '{other}'; give a path that ends in .html, .txt or .json.", nameof(path)),
        };
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(content)));
    }

    /// <summary>The page that <see cref="Save"/> writes.</summary>
    public string ToHtml() => HtmlReport.Of(_page, _options.PictureSize, _options.MaximumBytes);

    /// <summary>The report in plain text, for a terminal; figures and pictures in words.</summary>
    public string ToText() => TextReport.Of(_page);

    /// <summary>The report for machines: every number, in camel case; null where it is not finite.</summary>
    public string ToJson() => JsonReport.Of(_page);

    /// <inheritdoc cref="ToText"/>
    public override string ToString() => ToText();

    /// <param name="model">A model of this library, or a chain with one.</param>
    /// <param name="data">What it is evaluated on; null for a report of the training alone.</param>
    /// <param name="options">What to show.</param>
    /// <exception cref="ArgumentException">The model or the chain holds no model of this library, or several, or an option is out of its bounds.</exception>
    internal static TrainingReport Of(ITransformer model, IDataView? data, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.ThrowIfUnusable(nameof(options));
        var sources = ChainLink.Of(model).Select(l => l.Transformer).OfType<IReportSource>().ToList();
        if (sources is not [var source])
            throw new ArgumentException($"{model.GetType().Name} holds {(sources.Count == 0 ? "no" : $"{sources.Count}")} models of this library; a report is of exactly one, alone or in a chain.", nameof(model));
        return new(source.Describe(data is null ? null : model.Transform(data), options), options);
    }
}
