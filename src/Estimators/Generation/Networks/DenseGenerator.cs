using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// A generator of fully connected layers, as in the first GANs (Goodfellow et al., 2014, https://arxiv.org/abs/1406.2661): three of
/// 4, 8 and 16 times the width, then the pixels by tanh. Other than theirs with batch norm and leaky ReLU.
/// </summary>
internal sealed class DenseGenerator : GanGenerator, IGanNetwork<DenseGenerator>
{
    private readonly ModuleList<Linear> hidden;
    private readonly ModuleList<BatchNorm1d> norms;
    private readonly Linear pixels;
    private readonly GanNetworkInput _input;

    private DenseGenerator(GanNetworkInput input)
        : base(nameof(DenseGenerator))
    {
        _input = input;
        long[] sizes = [input.Latent + input.Classes, 4 * input.Maps, 8 * input.Maps, 16 * input.Maps];
        hidden = nn.ModuleList<Linear>([.. sizes.Zip(sizes.Skip(1), (a, b) => nn.Linear(a, b, hasBias: false))]);
        norms = nn.ModuleList<BatchNorm1d>([.. sizes.Skip(1).Select(s => nn.BatchNorm1d(s))]);
        pixels = nn.Linear(sizes[^1], input.Channels * input.Height * input.Width);
        RegisterComponents();
        GanWeights.Begin(this);
    }

    public static DenseGenerator Create(GanNetworkInput input) => new(input);

    public override Tensor forward(Tensor z)
    {
        using var scope = NewDisposeScope();
        var x = z;
        for (var i = 0; i < hidden.Count; i++)
            x = nn.functional.leaky_relu(norms[i].call(hidden[i].call(x)), 0.2);          // (N, sizes[i + 1])
        x = pixels.call(x).to(ScalarType.Float32).tanh();                                 // (N, C·H·W)
        return x.view(-1, _input.Channels, _input.Height, _input.Width).MoveToOuterDisposeScope();
    }
}
