using Fovea.Backbones;
using Fovea.Data;
using Fovea.Detection;
using Fovea.Storage;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the detector's measurement: from decoded pixels to the objects in their images, as <see cref="DetectionTransformer"/> does it.</summary>
internal static class DetectionSide
{
    /// <param name="folder">Has what <see cref="DetectionWorkload"/> wrote.</param>
    /// <param name="precision">Of the convolutions.</param>
    /// <param name="batch">Images together.</param>
    public static void ServeNetwork(string folder, Precision precision, int batch)
    {
        var given = SafetensorsFile.Read(Path.Combine(folder, "input.safetensors"));
        using var network = DetectionWorkload.CreateNetwork();
        network.load_state_dict(SafetensorsFile.Read(Path.Combine(folder, "weights.safetensors")));
        network.eval();
        using var folded = FoldedConvolutions.Of(network, precision, CPU);
        var options = DetectionWorkload.Options;
        var input = DetectionModel.InputOf(options);
        var normalization = Normalization.PerChannel(given["mean"].data<float>().ToArray(), given["std"].data<float>().ToArray());
        using var normalizer = PixelNormalizer.Of(normalization, input);
        // As the batch collector lays them out: (N, C, H, W) in the memory of (N, H, W, C).
        var images = given["images"].narrow(0, 0, batch).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var placements = Enumerable.Repeat(ImagePlacement.Of(input.Width, input.Height, input), batch).ToArray();
        var predictor = new DetectionPredictor(network, normalizer, options, CPU, precision);
        SideServer.Serve(SideServer.Ready(precision), () => predictor.Predict(images, placements), ("found", () => predictor.Predict(images, placements)
            .Select(image => image.Labels.Select((label, i) => (double[])[label, image.Scores[i], .. image.Boxes.Skip(4 * i).Take(4)]))));
    }

    /// <summary>Suppression alone.</summary>
    /// <param name="folder">Has boxes.safetensors.</param>
    public static void ServeSuppression(string folder)
    {
        var given = SafetensorsFile.Read(Path.Combine(folder, "boxes.safetensors"));
        var iou = given["iou"].item<float>();
        SideServer.Serve(SideServer.Ready(Precision.Float32), () => Run().Dispose(), ("kept", () => Run().data<long>().ToArray()));

        Tensor Run() => NonMaximumSuppression.Run(given["boxes"], given["scores"], null, iou);
    }
}
