using System.Text;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

/// <summary>The weights and images of tests/Reference/estimators/formula.py: whole-number hashes, so both sides have the same bits.</summary>
internal static class Formula
{
    /// <summary>Numbers in [-0.5, 0.5), decided by name and index.</summary>
    public static double[] Noise(string name, long count)
    {
        var seed = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(name))
            seed = (seed ^ b) * 16777619u;
        var values = new double[count];
        for (var i = 0; i < values.Length; i++)
        {
            var x = (uint)i * 0x9E3779B9u + seed;
            x = (x ^ (x >> 16)) * 0x45D9F3Bu;
            x = (x ^ (x >> 16)) * 0x45D9F3Bu;
            x ^= x >> 16;
            values[i] = x / 4294967296.0 - 0.5;
        }
        return values;
    }

    public static void Fill(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (key, weight) in network.state_dict())
        {
            if (key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                continue;
            var noise = Noise(key, weight.numel());
            var spread = weight.dim() > 1 ? Math.Sqrt(2.0 / (weight.numel() / weight.shape[0])) : 0;
            Func<double, double> value = weight.dim() > 1 ? u => u * Math.Sqrt(12.0) * spread
                : key.EndsWith("running_var", StringComparison.Ordinal) ? u => 1 + u
                : key.EndsWith("weight", StringComparison.Ordinal) ? u => 0.5 + 0.2 * u
                : u => 0.1 * u;
            weight.copy_(tensor(Array.ConvertAll(noise, u => (float)value(u)), weight.shape));
        }
    }

    /// <returns>(N, C, H, W) float32.</returns>
    public static Tensor Images(long n, long c, long h, long w) =>
        tensor(Array.ConvertAll(Noise("images", n * c * h * w), u => (float)(2 * u)), [n, c, h, w]);

    /// <summary>L2 norm, and the product with noise of its own, which a permutation would change.</summary>
    public static (double Norm, double Product) Probe(string key, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var values = weight.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        var noise = Noise("probe " + key, values.Length);
        return (Math.Sqrt(values.Sum(v => v * v)), values.Zip(noise, (v, u) => v * u).Sum());
    }
}
