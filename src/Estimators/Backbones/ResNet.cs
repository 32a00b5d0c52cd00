using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// Residual network (He, Zhang, Ren and Sun, 2015, https://arxiv.org/abs/1512.03385) with torchvision's keys and its one
/// difference from the paper: in a bottleneck the 3x3 convolution has the stride, not the first 1x1 ("v1.5").
/// </summary>
internal sealed class ResNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly MaxPool2d maxpool;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear fc;

    /// <param name="input">Any height and width from 1; the paper's are 224.</param>
    /// <param name="bottleneck">Blocks of 1x1, 3x3, 1x1 instead of 3x3, 3x3.</param>
    /// <param name="blocks">Blocks of each of the four stages.</param>
    public ResNet(NetworkInput input, bool bottleneck, params ReadOnlySpan<int> blocks)
        : base(nameof(ResNet))
    {
        var expansion = bottleneck ? 4 : 1;
        conv1 = nn.Conv2d(input.Channels, 64, kernel_size: 7, stride: 2, padding: 3, bias: false);
        bn1 = nn.BatchNorm2d(64);
        relu = nn.ReLU(inplace: true);
        maxpool = nn.MaxPool2d(kernel_size: 3, stride: 2, padding: 1);
        long channels = 64;
        layer1 = Stage(64, blocks[0], stride: 1);
        layer2 = Stage(128, blocks[1], stride: 2);
        layer3 = Stage(256, blocks[2], stride: 2);
        layer4 = Stage(512, blocks[3], stride: 2);
        avgpool = nn.AdaptiveAvgPool2d(1);
        fc = nn.Linear(512 * expansion, input.Classes);
        RegisterComponents();
        Initialize();

        Sequential Stage(long width, int count, long stride)
        {
            var stage = new List<nn.Module<Tensor, Tensor>>();
            for (var i = 0; i < count; i++)
            {
                var s = i == 0 ? stride : 1;
                stage.Add(bottleneck ? new Bottleneck(channels, width, s) : new BasicBlock(channels, width, s));
                channels = width * expansion;
            }
            return nn.Sequential(stage);
        }
    }

    public override Tensor forward(Tensor x)
    {
        x = relu.call(bn1.call(conv1.call(x)));   // (N, 64, H/2, W/2)
        x = maxpool.call(x);                      // (N, 64, H/4, W/4)
        x = layer1.call(x);                      // (N, 64e, H/4, W/4), e the expansion
        x = layer2.call(x);                      // (N, 128e, H/8, W/8)
        x = layer3.call(x);                      // (N, 256e, H/16, W/16)
        x = layer4.call(x);                      // (N, 512e, H/32, W/32)
        x = avgpool.call(x).flatten(1);           // (N, 512e)
        return fc.call(x);                        // (N, K)
    }

    // He's initialisation of the convolutions, in torchvision's order: modules(), so that one seed gives its weights.
    private void Initialize()
    {
        foreach (var module in modules())
        {
            if (module is Conv2d convolution)
                nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        }
    }

    /// <summary>Two 3x3 convolutions around which the input is added.</summary>
    private sealed class BasicBlock : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly ReLU relu;
        private readonly Sequential? downsample;

        public BasicBlock(long channels, long width, long stride)
            : base(nameof(BasicBlock))
        {
            downsample = Shortcut(channels, width, stride);
            conv1 = nn.Conv2d(channels, width, kernel_size: 3, stride: stride, padding: 1, bias: false);
            bn1 = nn.BatchNorm2d(width);
            conv2 = nn.Conv2d(width, width, kernel_size: 3, padding: 1, bias: false);
            bn2 = nn.BatchNorm2d(width);
            relu = nn.ReLU(inplace: true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var y = relu.call(bn1.call(conv1.call(x)));   // (N, width, H/s, W/s)
            y = bn2.call(conv2.call(y));                                          // (N, width, H/s, W/s)
            return relu.call(y.add_(downsample is null ? x : downsample.call(x)));
        }
    }

    /// <summary>1x1 to fewer channels, 3x3, 1x1 to four times as many.</summary>
    private sealed class Bottleneck : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly Conv2d conv3;
        private readonly BatchNorm2d bn3;
        private readonly ReLU relu;
        private readonly Sequential? downsample;

        public Bottleneck(long channels, long width, long stride)
            : base(nameof(Bottleneck))
        {
            downsample = Shortcut(channels, width * 4, stride);
            conv1 = nn.Conv2d(channels, width, kernel_size: 1, bias: false);
            bn1 = nn.BatchNorm2d(width);
            conv2 = nn.Conv2d(width, width, kernel_size: 3, stride: stride, padding: 1, bias: false);
            bn2 = nn.BatchNorm2d(width);
            conv3 = nn.Conv2d(width, width * 4, kernel_size: 1, bias: false);
            bn3 = nn.BatchNorm2d(width * 4);
            relu = nn.ReLU(inplace: true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var y = relu.call(bn1.call(conv1.call(x)));   // (N, width, H, W)
            y = relu.call(bn2.call(conv2.call(y)));       // (N, width, H/s, W/s)
            y = bn3.call(conv3.call(y));                                          // (N, 4 width, H/s, W/s)
            return relu.call(y.add_(downsample is null ? x : downsample.call(x)));
        }
    }

    // The first block of a stage changes the shape, so what is added must change too: a strided 1x1 convolution.
    private static Sequential? Shortcut(long channels, long outputs, long stride) =>
        stride == 1 && channels == outputs
            ? null
            : nn.Sequential(nn.Conv2d(channels, outputs, kernel_size: 1, stride: stride, bias: false), nn.BatchNorm2d(outputs));
}
