using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Classification.Networks;

/// <summary>
/// Three 5x5 convolutions of 32, 32 and 64 maps, each with ReLU and 2x2 max pooling, then two fully connected layers with
/// dropout between them: the plan of Krizhevsky's "quick" CIFAR-10 network (cuda-convnet, 2012), with max instead of average
/// pooling, the ReLU always before the pooling, and dropout.
/// </summary>
internal sealed class Cifar : nn.Module<Tensor, Tensor>, INetwork<Cifar>
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Conv2d conv3;
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly MaxPool2d pool;
    private readonly ReLU relu;
    private readonly Dropout dropout;

    private Cifar(NetworkInput input)
        : base(nameof(Cifar))
    {
        conv1 = nn.Conv2d(input.Channels, 32, kernel_size: 5, padding: 2);
        conv2 = nn.Conv2d(32, 32, kernel_size: 5, padding: 2);
        conv3 = nn.Conv2d(32, 64, kernel_size: 5, padding: 2);
        fc1 = nn.Linear(64 * (input.Height / 8) * (input.Width / 8), 64);
        fc2 = nn.Linear(64, input.Classes);
        pool = nn.MaxPool2d(2);
        relu = nn.ReLU();
        dropout = nn.Dropout(input.Dropout);
        RegisterComponents();
    }

    public static Cifar Create(NetworkInput input) => new(input);

    public override Tensor forward(Tensor x)
    {
        x = pool.call(relu.call(conv1.call(x)));   // (N, 32, H/2, W/2)
        x = pool.call(relu.call(conv2.call(x)));   // (N, 32, H/4, W/4)
        x = pool.call(relu.call(conv3.call(x)));   // (N, 64, H/8, W/8)
        x = relu.call(fc1.call(x.flatten(1)));     // (N, 64)
        return fc2.call(dropout.call(x));          // (N, K)
    }
}
