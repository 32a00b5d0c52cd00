using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// A discriminator of fully connected layers (Goodfellow et al., 2014, https://arxiv.org/abs/1406.2661): 8 and 4 times the width, with
/// leaky ReLU instead of maxout and without dropout. It has no batch norm.
/// </summary>
internal sealed class DenseDiscriminator : GanDiscriminator, IGanNetwork<DenseDiscriminator>
{
    private readonly ModuleList<JudgeLinear> hidden;
    private readonly Verdict verdict;

    private DenseDiscriminator(GanNetworkInput input)
        : base(nameof(DenseDiscriminator))
    {
        hidden = nn.ModuleList<JudgeLinear>(
            new(input.Channels * input.Height * input.Width, 8 * input.Maps, input.SpectralNorm),
            new(8 * input.Maps, 4 * input.Maps, input.SpectralNorm));
        verdict = new(4 * input.Maps, input.Classes, input.SpectralNorm);
        RegisterComponents();
        GanWeights.Begin(this);
    }

    public static DenseDiscriminator Create(GanNetworkInput input) => new(input);

    public override Tensor forward(Tensor images, Tensor? labels)
    {
        using var scope = NewDisposeScope();
        var x = images.flatten(1);                                                        // (N, C·H·W)
        foreach (var layer in hidden)
            x = nn.functional.leaky_relu(layer.call(x), 0.2);                             // (N, 8w), (N, 4w)
        return verdict.call(x, labels).MoveToOuterDisposeScope();                         // (N,)
    }
}
