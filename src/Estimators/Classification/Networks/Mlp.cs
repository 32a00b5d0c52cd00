using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Classification.Networks;

/// <summary>A multilayer perceptron: two hidden layers with ReLU, dropout after each.</summary>
internal sealed class Mlp : nn.Module<Tensor, Tensor>, INetwork<Mlp>
{
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly Linear fc3;
    private readonly ReLU relu;
    private readonly Dropout dropout;

    private Mlp(NetworkInput input)
        : base(nameof(Mlp))
    {
        fc1 = nn.Linear(input.Channels * input.Height * input.Width, 512);
        fc2 = nn.Linear(512, 256);
        fc3 = nn.Linear(256, input.Classes);
        relu = nn.ReLU();
        dropout = nn.Dropout(input.Dropout);
        RegisterComponents();
    }

    public static Mlp Create(NetworkInput input) => new(input);

    public override Tensor forward(Tensor x)
    {
        x = x.flatten(1);                           // (N, C·H·W)
        x = dropout.call(relu.call(fc1.call(x)));   // (N, 512)
        x = dropout.call(relu.call(fc2.call(x)));   // (N, 256)
        return fc3.call(x);                         // (N, K)
    }
}
