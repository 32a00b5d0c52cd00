using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Classification.Networks;

/// <summary>One linear layer over all pixels: what every other network has to beat.</summary>
internal sealed class Perceptron : nn.Module<Tensor, Tensor>, INetwork<Perceptron>
{
    private readonly Linear fc;

    private Perceptron(NetworkInput input)
        : base(nameof(Perceptron))
    {
        fc = nn.Linear(input.Channels * input.Height * input.Width, input.Classes);
        RegisterComponents();
    }

    public static Perceptron Create(NetworkInput input) => new(input);

    public override Tensor forward(Tensor x) => fc.call(x.flatten(1)); // (N, C, H, W) → (N, C·H·W) → (N, K)
}
