using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>A fully connected layer of a discriminator, with spectral norm or without.</summary>
internal sealed class JudgeLinear : nn.Module<Tensor, Tensor>, ILayerShape
{
    private readonly Linear linear;
    private readonly SpectralNorm? spectral;

    public JudgeLinear(long inputs, long outputs, bool spectralNorm)
        : base(nameof(JudgeLinear))
    {
        linear = nn.Linear(inputs, outputs);
        spectral = spectralNorm ? new SpectralNorm(outputs, inputs) : null;
        RegisterComponents();
    }

    long ILayerShape.Kernel => 0;

    long ILayerShape.Stride => 0;

    long ILayerShape.Padding => 0;

    long ILayerShape.Filters => linear.out_features;

    bool ILayerShape.Enlarges => false;

    long ILayerShape.Macs(long inputs, long outputs) => outputs * linear.in_features;

    /// <param name="x">(N, inputs).</param>
    /// <returns>(N, outputs).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = spectral is null ? linear.call(x) : nn.functional.linear(x, spectral.call(linear.weight), linear.bias);
        return y.MoveToOuterDisposeScope();
    }
}
