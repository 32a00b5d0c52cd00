using System.Text.Json;
using Fovea.Storage;

namespace Fovea.Tests.Autoencoding;

/// <summary>tests/Reference/estimators/autoencoding.json, which autoencoding.py wrote.</summary>
internal sealed record PyTorchNumbers
{
    private static readonly Lazy<PyTorchNumbers> _numbers = new(() =>
        JsonSerializer.Deserialize<PyTorchNumbers>(File.ReadAllText(TestData.Reference("estimators/autoencoding.json")), new JsonSerializerOptions(ModelJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip })!);

    public static PyTorchNumbers All => _numbers.Value;

    public required Dictionary<string, Loss> Losses { get; init; }

    public required Network[] Networks { get; init; }

    public required Measures[] Measures { get; init; }

    internal sealed record Loss(double[] Values, double[][] Gradients);

    internal sealed record Network(string Name, int Channels, int Height, int Width, int Latent, int[] Hidden, bool Variational, double[] Mean, double[] LogVariance, double[] Logits, Dictionary<string, double[]> Gradients, Dictionary<string, long[]> Keys)
    {
        public int Depth { get; init; }
        public int Maps { get; init; }
        public bool BatchNorm { get; init; }
        public bool Bilinear { get; init; }
    }
}

internal sealed record Measures(string Name, int Height, int Width, int Channels, int Spread, double Ssim, double Psnr);
