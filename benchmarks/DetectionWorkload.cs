using Fovea.Detection;
using Fovea.Detection.Losses;
using Fovea.Detection.Networks;
using Fovea.Storage;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>A YOLO whose norms have seen images and whose scores are as those of a trained one, images, and boxes to suppress; files that both sides read.</summary>
internal static class DetectionWorkload
{
    public const int Images = 8, Side = 320, Classes = 3, Width = 64;

    /// <summary>Share of the cells and classes that score above the threshold, as with a detector trained on BCCD.</summary>
    private const double Candidates = 0.03;

    public static readonly DetectionOptions Options = new() { Yolo = new() { Width = Width } };

    public static DetectionNetwork CreateNetwork() => DetectionNetworkAttribute.Of(DetectionArchitecture.Yolo).Create(new(3, Classes) { Yolo = Options.Yolo });

    /// <summary>Writes input.safetensors and weights.safetensors.</summary>
    public static void WriteNetwork(string folder)
    {
        manual_seed(0);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // Something of every size in the pictures.
        var pictures = zeros(Images, 3, Side, Side);
        for (var size = 5; size <= Side; size *= 4)
            pictures += nn.functional.interpolate(rand(Images, 3, size, size), [Side, Side], mode: InterpolationMode.Bilinear);
        var images = (pictures * 64).to(ScalarType.Byte);
        float[] mean = [0.45f, 0.5f, 0.55f], deviation = [0.2f, 0.22f, 0.24f];
        using var network = CreateNetwork();
        foreach (var (name, parameter) in network.named_parameters())
            if (name.EndsWith("bn.weight"))
                parameter.uniform_(0.5, 1.5);
            else if (name.EndsWith("bn.bias"))
                parameter.uniform_(-0.2, 0.2);
        using var normalizer = Fovea.Data.PixelNormalizer.Of(Normalization.PerChannel(mean, deviation), DetectionModel.InputOf(Options));
        var pixels = normalizer.Normalize(images);
        var none = new DetectionTargets(zeros(Images, 1, 4), zeros(Images, 1, ScalarType.Int64), zeros(Images, 1, ScalarType.Bool));
        for (var i = 0; i < 30; i++)
            network.Losses(pixels, none).Dispose();
        network.eval();
        var scores = network.Predict(pixels, new(0, (int)(Candidates * Images * 2100 * Classes))).Scores.flatten();
        // The score that this share is above becomes the threshold; by the bias, which only shifts logits.
        var at = scores.topk((int)(Candidates * Images * 2100 * Classes)).values.min().item<float>();
        var shift = Logit(Options.ScoreThreshold) - Logit(at);
        foreach (var (name, parameter) in network.named_parameters())
            if (name.EndsWith("classes.2.bias"))
                parameter.add_(shift);
        SafetensorsFile.Write(Path.Combine(folder, "weights.safetensors"), network.state_dict());
        SafetensorsFile.Write(Path.Combine(folder, "input.safetensors"), new Dictionary<string, Tensor>
        {
            ["images"] = images,
            ["mean"] = tensor(mean),
            ["std"] = tensor(deviation),
            ["score"] = tensor((float)Options.ScoreThreshold),
            ["iou"] = tensor((float)Options.IouThreshold),
            ["most"] = tensor((float)Options.MaxDetections),
        });

        static double Logit(double p) => Math.Log(p / (1 - p));
    }

    /// <summary>Writes boxes.safetensors: boxes of sides to 100 pixels, strewn over 1000 x 1000.</summary>
    public static void WriteBoxes(string folder, int count)
    {
        manual_seed(0);
        using var scope = NewDisposeScope();
        var corners = rand(count, 2) * 900;
        SafetensorsFile.Write(Path.Combine(folder, "boxes.safetensors"), new Dictionary<string, Tensor>
        {
            ["boxes"] = cat([corners, corners + 5 + rand(count, 2) * 95], 1),
            ["scores"] = rand(count),
            ["iou"] = tensor(0.5f),
        });
    }
}
