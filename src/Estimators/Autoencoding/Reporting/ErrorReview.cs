using Fovea.Autoencoding.Evaluation;
using Fovea.Reporting;

namespace Fovea.Autoencoding.Reporting;

/// <summary>Keeps the images of the largest errors, the first ones, and the errors of all.</summary>
/// <param name="most">Images of each kind.</param>
internal sealed class ErrorReview(int most)
{
    private readonly PriorityQueue<ReconstructedImage, (double Error, long Row)> _worst = new();
    private readonly List<ReconstructedImage> _first = [];
    private readonly List<(double Error, bool? IsAnomaly)> _errors = [];

    /// <summary>The largest error first; of equal ones as they come.</summary>
    public IReadOnlyList<ReconstructedImage> Worst => [.. _worst.UnorderedItems.OrderByDescending(i => i.Priority.Error).ThenByDescending(i => i.Priority.Row).Select(i => i.Element)];

    /// <summary>As they come.</summary>
    public IReadOnlyList<ReconstructedImage> First => _first;

    public void Add(ReconstructedImage image)
    {
        var error = image.Score ?? image.MeanSquaredError;
        _errors.Add((error, image.IsAnomaly));
        if (_first.Count < most)
            _first.Add(image);
        _worst.Enqueue(image, (error, -_errors.Count));
        if (_worst.Count > most)
            _worst.Dequeue();
    }

    /// <summary>How often errors are how large: of all images, or of anomalies and others where it is known which are.</summary>
    /// <param name="threshold">Above which an image is taken for an anomaly; null for none.</param>
    public IEnumerable<FigurePart> Histograms(double? threshold)
    {
        (double, string)? mark = threshold is { } t ? (t, $"anomalous from {ChartNumber.Value(t)}") : null;
        if (_errors.All(e => e.IsAnomaly is null))
            return [Of("errors", "Reconstruction error of each image", _errors.Select(e => e.Error), mark)];
        return
        [
            Of("normalErrors", "Reconstruction error of the others", _errors.Where(e => e.IsAnomaly == false).Select(e => e.Error), mark),
            Of("anomalyErrors", "Reconstruction error of true anomalies", _errors.Where(e => e.IsAnomaly == true).Select(e => e.Error), mark),
        ];
    }

    private static FigurePart Of(string key, string title, IEnumerable<double> errors, (double, string)? mark)
    {
        var values = errors.ToList();
        return new(key, new HistogramChart { Title = title, XLabel = "error", Values = values, Mark = mark }) { Numbers = () => ReportNumbers.List(values) };
    }
}
