using Fovea.Data;
using Fovea.Generation.Networks;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Generation;

/// <summary>A trained pair of networks at work. The network is in eval mode; may be called by several threads at once.</summary>
internal sealed class GanPredictor(GanNetwork network, PixelNormalizer normalizer, GanModel model, int classes, Device device, Precision precision)
{
    /// <param name="latents">Z numbers each.</param>
    /// <param name="labels">Class indices in [0, K); null where there are no classes.</param>
    public GeneratedPicture[] Generate(IReadOnlyList<float[]> latents, IReadOnlyList<int>? labels)
    {
        var (height, width, channels) = (model.Input.Height, model.Input.Width, model.Input.Channels);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var z = tensor(latents.SelectMany(l => l).ToArray(), [latents.Count, model.Options.LatentSize], device: device); // (N, Z)
        if (labels is not null)
            z = cat([z, OneHot(tensor(labels.Select(l => (long)l).ToArray(), device: device))], 1);                       // (N, Z + K)
        // In float32 whatever the precision of the training: bfloat16 has eight binary digits, as many as a pixel, and rounds in every layer.
        var images = network.Generator.call(z);                                                     // (N, C, H, W) in [-1, 1]
        var pixels = images.add(1).mul_(127.5).round_().clamp_(0, 255).to(ScalarType.Byte)
            .permute(0, 2, 3, 1).contiguous().cpu().data<byte>().ToArray();                         // (N, H, W, C)
        return [.. pixels.Chunk(height * width * channels).Select(p => new GeneratedPicture(width, height, channels, p))];
    }

    /// <param name="images">(N, C, H, W), uint8.</param>
    /// <returns>N scores; with classes that of the class which the image is most real as.</returns>
    public float[] Judge(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var x = normalizer.Normalize(images.to(device));                                            // (N, C, H, W) float32
        using (MixedPrecision.Enter(precision, device))
        {
            if (classes == 0)
                x = network.Discriminator.call(x, null);                                            // (N,)
            else
            {
                var rows = x.size(0);
                var labels = arange(classes, ScalarType.Int64, device).repeat(rows);                // (N·K,): 0 .. K-1, 0 .. K-1, ...
                x = network.Discriminator.call(x.repeat_interleave(classes, 0), OneHot(labels)).view(rows, classes).amax([1]);
            }
        }
        x = x.to(ScalarType.Float32);
        return (model.Options.HasProbability ? x.sigmoid() : x).cpu().data<float>().ToArray();
    }

    private Tensor OneHot(Tensor labels) => nn.functional.one_hot(labels, classes).to(ScalarType.Float32); // (N, K)
}
