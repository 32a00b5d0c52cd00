using System.Globalization;
using Fovea.Autoencoding.Evaluation;
using Fovea.Reporting;
using Microsoft.ML;

namespace Fovea.Autoencoding.Sheets;

/// <summary>Originals over what the network saw of them, where that is something else, over their reconstructions. One pass over the data.</summary>
internal static class ReconstructionSheet
{
    public static (ImageGrid Sheet, AutoencoderMetrics Metrics) Make(IDataView view, ReconstructionSheetOptions options)
    {
        var shown = new List<ReconstructedImage>();
        var metrics = ReconstructionPass.Run(view, options.Evaluation, image =>
        {
            if (shown.Count < options.Images)
                shown.Add(image);
        });
        var rows = new List<ImageGridRow>();
        foreach (var group in shown.Chunk(options.Columns))
        {
            rows.Add(new("original", [.. group.Select(g => g.Image())]) { BeginsGroup = true });
            if (group[0].IsCorrupted)
                rows.Add(new("corrupted", [.. group.Select(g => g.Seen())]));
            rows.Add(new("reconstruction", [.. group.Select(g => g.Made())]));
        }
        var gain = metrics.PsnrGain is { } gained ? string.Create(CultureInfo.InvariantCulture, $", {gained:0.0} dB above the corrupted images") : "";
        var bound = metrics.NegativeElbo is { } elbo ? string.Create(CultureInfo.InvariantCulture, $"; -ELBO {elbo:0.0} nats") : "";
        return (new ImageGrid
        {
            Title = options.Title ?? "Reconstructions",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"the first {shown.Count} of {metrics.Rows} images{(metrics.LatentSize is { } z ? $", codes of {z}" : "")}; over all: PSNR {metrics.Psnr:0.0} dB{gain}, SSIM {metrics.Ssim:0.000}{bound}"),
            Rows = rows,
        }, metrics);
    }
}
