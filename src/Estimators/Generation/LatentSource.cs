using static TorchSharp.torch;

namespace Fovea.Generation;

/// <summary>Draws latent vectors.</summary>
internal static class LatentSource
{
    /// <summary>From LibTorch's own generator, on the device, for a training step.</summary>
    /// <returns>(N, Z), float32.</returns>
    public static Tensor Draw(GanOptions options, long rows, Device device) => options.Prior == LatentPrior.Normal
        ? randn(rows, options.LatentSize, device: device)
        : rand(rows, options.LatentSize, device: device).mul_(2).sub_(1);

    /// <summary>The same for the same seed, whatever else is drawn.</summary>
    /// <returns>N vectors of Z numbers.</returns>
    public static float[][] Draw(GanOptions options, int rows, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        var z = options.Prior == LatentPrior.Normal
            ? randn([rows, options.LatentSize], generator: generator)
            : rand([rows, options.LatentSize], generator: generator).mul_(2).sub_(1);
        return [.. z.data<float>().ToArray().Chunk(options.LatentSize)];
    }
}
