using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

/// <summary>The numbers of tests/Reference/estimators/gan.py.</summary>
internal sealed record GanReference(GanReference.LossNumbers Losses, GanReference.PenaltyNumbers Penalty, GanReference.UpNumbers Up,
    IReadOnlyList<GanReference.NetworkNumbers> Networks, GanReference.SpectralNumbers Spectral, GanReference.MeasureNumbers Measures)
{
    private static readonly Lazy<GanReference> _numbers = new(() => Expected.Read<GanReference>("gan.json"));

    public static GanReference Numbers => _numbers.Value;

    /// <summary>The script's own inputs, float64.</summary>
    public static Tensor Input(string name, double scale, params long[] shape) =>
        tensor(Array.ConvertAll(Formula.Noise(name, shape.Aggregate(1L, (a, b) => a * b)), u => scale * u), shape);

    public static void Close(IReadOnlyList<double> wanted, Tensor got, double tolerance)
    {
        var values = got.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        Assert.Equal(wanted.Count, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(wanted[i], values[i], tolerance);
    }

    internal sealed record LossNumbers(double[] Real, double[] Fake, IReadOnlyList<LossCase> Cases);

    internal sealed record LossCase(GanLoss Loss, double Smoothing, double Discriminator, double Generator, double[] RealGradient, double[] FakeGradient, double[] GeneratorGradient);

    internal sealed record PenaltyNumbers(double Loss, double[] ConvWeight, double[] LinearWeight);

    internal sealed record UpNumbers(double[] Y, double[] X, double[] Weight, double[] Bias);

    internal sealed record NetworkNumbers(int Size, double[] Images, double[] Scores, Dictionary<string, double[]> Generator, Dictionary<string, double[]> Discriminator);

    internal sealed record SpectralNumbers(double Norm, double[] Gradient);

    internal sealed record MeasureNumbers(double Frechet, double Singular, double Kernel, double Precision, double Recall);
}
