using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Classification.Networks;

/// <summary>
/// The seven-layer character network of the VGG practical on convolutional networks (Vedaldi and Zisserman, 2015,
/// https://www.robots.ox.ac.uk/~vgg/practicals/cnn/): conv, pool, conv, pool, conv, ReLU, conv, all without padding, so that
/// 32x32 pixels become one vector of class scores. On larger images the scores of all positions are averaged.
/// </summary>
internal sealed class Letters : nn.Module<Tensor, Tensor>, INetwork<Letters>
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Conv2d conv3;
    private readonly Conv2d conv4;
    private readonly MaxPool2d pool;
    private readonly ReLU relu;

    private Letters(NetworkInput input)
        : base(nameof(Letters))
    {
        conv1 = nn.Conv2d(input.Channels, 20, kernel_size: 5);
        conv2 = nn.Conv2d(20, 50, kernel_size: 5);
        conv3 = nn.Conv2d(50, 500, kernel_size: 4);
        conv4 = nn.Conv2d(500, input.Classes, kernel_size: 2);
        pool = nn.MaxPool2d(2);
        relu = nn.ReLU();
        RegisterComponents();
    }

    public static Letters Create(NetworkInput input) => new(input);

    public override Tensor forward(Tensor x)
    {
        x = pool.call(conv1.call(x));    // (N, C, 32, 32) → (N, 20, 28, 28) → (N, 20, 14, 14)
        x = pool.call(conv2.call(x));    // (N, 50, 10, 10) → (N, 50, 5, 5)
        x = relu.call(conv3.call(x));    // (N, 500, 2, 2)
        x = conv4.call(x);               // (N, K, 1, 1)
        return x.mean([2, 3]);           // (N, K)
    }
}
