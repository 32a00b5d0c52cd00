using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Classification.Networks;

/// <summary>
/// LeNet-5 (LeCun, Bottou, Bengio and Haffner, 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf) in today's form: ReLU
/// instead of a scaled tanh, max pooling instead of trained averaging, every map of the second convolution connected to all
/// of the first, a linear last layer instead of radial basis functions.
/// </summary>
internal sealed class LeNet : nn.Module<Tensor, Tensor>, INetwork<LeNet>
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly Linear fc3;
    private readonly MaxPool2d pool;
    private readonly ReLU relu;
    private readonly Dropout dropout;

    private LeNet(NetworkInput input)
        : base(nameof(LeNet))
    {
        conv1 = nn.Conv2d(input.Channels, 6, kernel_size: 5);
        conv2 = nn.Conv2d(6, 16, kernel_size: 5);
        fc1 = nn.Linear(16 * After(input.Height) * After(input.Width), 120);
        fc2 = nn.Linear(120, 84);
        fc3 = nn.Linear(84, input.Classes);
        pool = nn.MaxPool2d(2);
        relu = nn.ReLU();
        dropout = nn.Dropout(input.Dropout);
        RegisterComponents();

        static int After(int size) => (((size - 4) / 2) - 4) / 2;
    }

    public static LeNet Create(NetworkInput input) => new(input);

    public override Tensor forward(Tensor x)
    {
        x = pool.call(relu.call(conv1.call(x)));       // (N, C, 32, 32) → (N, 6, 28, 28) → (N, 6, 14, 14)
        x = pool.call(relu.call(conv2.call(x)));       // (N, 16, 10, 10) → (N, 16, 5, 5)
        x = relu.call(fc1.call(x.flatten(1)));         // (N, 400) → (N, 120)
        x = relu.call(fc2.call(dropout.call(x)));      // (N, 84)
        return fc3.call(dropout.call(x));              // (N, K)
    }
}
