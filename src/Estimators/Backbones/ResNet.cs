using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// Residual network (He, Zhang, Ren and Sun, 2015, https://arxiv.org/abs/1512.03385) with torchvision's keys and its one
/// difference from the paper: in a bottleneck the 3x3 convolution has the stride, not the first 1x1 ("v1.5").
/// </summary>
internal sealed class ResNet : nn.Module<Tensor, Tensor>, IConvolutionNorms
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly MaxPool2d maxpool;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential? layer4;
    private readonly AdaptiveAvgPool2d? avgpool;
    private readonly Linear? fc;
    private readonly ConvolutionNorm _stem;

    /// <summary>A classifier: (N, C, H, W) to logits (N, K).</summary>
    /// <param name="input">Any height and width from 1; the paper's are 224.</param>
    /// <param name="plan">Its blocks.</param>
    public ResNet(NetworkInput input, ResNetPlan plan)
        : this(input.Channels, plan, outputStride: 32, stages: 4, input.Classes)
    {
    }

    private ResNet(int inputChannels, ResNetPlan plan, int outputStride, int stages, int? classes)
        : base(nameof(ResNet))
    {
        conv1 = nn.Conv2d(inputChannels, 64, kernel_size: 7, stride: 2, padding: 3, bias: false);
        bn1 = nn.BatchNorm2d(64);
        relu = nn.ReLU(inplace: true);
        maxpool = nn.MaxPool2d(kernel_size: 3, stride: 2, padding: 1);
        long channels = 64;
        long dilation = 1;
        layer1 = Stage(64, plan.Blocks[0], stride: 1);
        layer2 = Stage(128, plan.Blocks[1], stride: 2);
        layer3 = Stage(256, plan.Blocks[2], stride: 2, dilate: outputStride <= 8);
        if (stages == 4)
            layer4 = Stage(512, plan.Blocks[3], stride: 2, dilate: outputStride <= 16);
        if (classes is { } k)
        {
            avgpool = nn.AdaptiveAvgPool2d(1);
            fc = nn.Linear(512 * plan.Expansion, k);
        }
        _stem = new(conv1, bn1, relu);
        RegisterComponents();
        Initialize();

        Sequential Stage(long width, int count, long stride, bool dilate = false)
        {
            // The convolution that had the stride still looks at the neighbors of its own input; all after it look further.
            var before = dilation;
            if (dilate)
                (dilation, stride) = (dilation * stride, 1);
            var stage = new List<nn.Module<Tensor, Tensor>>();
            for (var i = 0; i < count; i++)
            {
                var (s, d) = i == 0 ? (stride, before) : (1, dilation);
                stage.Add(plan.Bottleneck ? new Bottleneck(channels, width, s, d) : new BasicBlock(channels, width, s, d, dilation));
                channels = width * plan.Expansion;
            }
            return nn.Sequential(stage);
        }
    }

    /// <summary>
    /// The stages without the classifier, the strides of the last ones optionally replaced by dilation (Chen et al., 2017,
    /// https://arxiv.org/abs/1706.05587), as torchvision's <c>replace_stride_with_dilation</c>: at the positions that the strided
    /// network has too, the dilated one gives the same maps. torchvision refuses that for blocks of two 3x3 convolutions; here
    /// the first block's first convolution keeps its dilation and its second is dilated as all after it, which gives them the
    /// same property.
    /// </summary>
    /// <param name="channels">C of the images.</param>
    /// <param name="plan">Its blocks.</param>
    /// <param name="outputStride">Pixels of the image a step of the last map takes: 32, 16 or 8.</param>
    /// <param name="stages">4, or 3: without the last.</param>
    public static ResNet Encoder(int channels, ResNetPlan plan, int outputStride = 32, int stages = 4) =>
        outputStride is 8 or 16 or 32
            ? new(channels, plan, outputStride, stages, classes: null)
            : throw new ArgumentOutOfRangeException(nameof(outputStride), outputStride, "Possible are 8, 16 and 32.");

    public IEnumerable<ConvolutionNorm> ConvolutionNorms => [_stem];

    /// <returns>(N, K); of an encoder the last map, (N, 512e, H/s, W/s), s the output stride.</returns>
    public override Tensor forward(Tensor x)
    {
        // The first maps are the largest by far: where no gradient is wanted, none is held longer than the next layer needs it.
        using var scope = NewDisposeScope();
        Tensor y;
        using (var stem = _stem.Call(x))                                             // (N, 64, H/2, W/2)
            y = maxpool.call(stem);                                                  // (N, 64, H/4, W/4)
        foreach (var stage in Stages)
        {
            using var finer = y;
            y = stage.call(finer);                                                   // ..., (N, 512e, H/s, W/s), e the expansion
        }
        if (fc is not null)
            y = fc.call(avgpool!.call(y).flatten(1));                                // (N, 512e), (N, K)
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>The maps on the way, from fine to coarse; their channels are <see cref="ResNetPlan.Channels"/>.</summary>
    /// <param name="x">(N, C, H, W) float32.</param>
    /// <returns>Five: after the first convolution, and after each stage; four without the last.</returns>
    public IReadOnlyList<Tensor> Features(Tensor x)
    {
        var maps = new List<Tensor> { _stem.Call(x) };   // (N, 64, H/2, W/2)
        var y = maxpool.call(maps[0]);                   // (N, 64, H/4, W/4)
        foreach (var stage in Stages)
            maps.Add(y = stage.call(y));                 // (N, 64e, H/4, W/4), (N, 128e, H/8, W/8), (N, 256e, H/16, W/16), (N, 512e, H/32, W/32); less coarse where dilated
        return maps;
    }

    private IReadOnlyList<Sequential> Stages => layer4 is null ? [layer1, layer2, layer3] : [layer1, layer2, layer3, layer4];

    // He's initialization of the convolutions, in torchvision's order: modules(), so that one seed gives its weights.
    private void Initialize()
    {
        foreach (var module in modules())
        {
            if (module is Conv2d convolution)
                nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        }
    }

    /// <summary>Two 3x3 convolutions around which the input is added.</summary>
    private sealed class BasicBlock : nn.Module<Tensor, Tensor>, IConvolutionNorms
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly ReLU relu;
        private readonly Sequential? downsample;
        private readonly ConvolutionNorm _first, _second;
        private readonly ConvolutionNorm? _shortcut;

        public BasicBlock(long channels, long width, long stride, long dilation1, long dilation2)
            : base(nameof(BasicBlock))
        {
            downsample = Shortcut(channels, width, stride);
            conv1 = nn.Conv2d(channels, width, kernel_size: 3, stride: stride, padding: dilation1, dilation: dilation1, bias: false);
            bn1 = nn.BatchNorm2d(width);
            conv2 = nn.Conv2d(width, width, kernel_size: 3, padding: dilation2, dilation: dilation2, bias: false);
            bn2 = nn.BatchNorm2d(width);
            relu = nn.ReLU(inplace: true);
            (_first, _second, _shortcut) = (new(conv1, bn1, relu), new(conv2, bn2), NormOf(downsample));
            RegisterComponents();
        }

        public IEnumerable<ConvolutionNorm> ConvolutionNorms => _shortcut is null ? [_first, _second] : [_first, _second, _shortcut];

        public override Tensor forward(Tensor x)
        {
            // What the block needed besides its result is freed at once where no gradient is wanted.
            using var scope = NewDisposeScope();
            var y = _first.Call(x);                       // (N, width, H/s, W/s)
            y = _second.Call(y);                          // (N, width, H/s, W/s)
            return _second.Join(y, _shortcut is null ? x : _shortcut.Call(x), relu).MoveToOuterDisposeScope();
        }
    }

    /// <summary>1x1 to fewer channels, 3x3, 1x1 to four times as many.</summary>
    private sealed class Bottleneck : nn.Module<Tensor, Tensor>, IConvolutionNorms
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly Conv2d conv3;
        private readonly BatchNorm2d bn3;
        private readonly ReLU relu;
        private readonly Sequential? downsample;
        private readonly ConvolutionNorm _first, _second, _third;
        private readonly ConvolutionNorm? _shortcut;

        public Bottleneck(long channels, long width, long stride, long dilation)
            : base(nameof(Bottleneck))
        {
            downsample = Shortcut(channels, width * 4, stride);
            conv1 = nn.Conv2d(channels, width, kernel_size: 1, bias: false);
            bn1 = nn.BatchNorm2d(width);
            conv2 = nn.Conv2d(width, width, kernel_size: 3, stride: stride, padding: dilation, dilation: dilation, bias: false);
            bn2 = nn.BatchNorm2d(width);
            conv3 = nn.Conv2d(width, width * 4, kernel_size: 1, bias: false);
            bn3 = nn.BatchNorm2d(width * 4);
            relu = nn.ReLU(inplace: true);
            (_first, _second, _third, _shortcut) = (new(conv1, bn1, relu), new(conv2, bn2, relu), new(conv3, bn3), NormOf(downsample));
            RegisterComponents();
        }

        public IEnumerable<ConvolutionNorm> ConvolutionNorms => _shortcut is null ? [_first, _second, _third] : [_first, _second, _third, _shortcut];

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var y = _first.Call(x);                       // (N, width, H, W)
            y = _second.Call(y);                          // (N, width, H/s, W/s)
            y = _third.Call(y);                           // (N, 4 width, H/s, W/s)
            return _third.Join(y, _shortcut is null ? x : _shortcut.Call(x), relu).MoveToOuterDisposeScope();
        }
    }

    // The first block of a stage changes the shape, so what is added must change too: a strided 1x1 convolution.
    private static Sequential? Shortcut(long channels, long outputs, long stride) =>
        stride == 1 && channels == outputs
            ? null
            : nn.Sequential(nn.Conv2d(channels, outputs, kernel_size: 1, stride: stride, bias: false), nn.BatchNorm2d(outputs));

    private static ConvolutionNorm? NormOf(Sequential? shortcut) =>
        shortcut is null ? null : new((Conv2d)shortcut[0], (BatchNorm2d)shortcut[1]);
}
