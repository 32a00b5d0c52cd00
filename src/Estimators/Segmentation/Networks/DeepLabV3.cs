using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// DeepLab version 3 (Chen, Papandreou, Schroff and Adam, 2017, https://arxiv.org/abs/1706.05587) as torchvision's
/// <c>deeplabv3_resnet50</c> and <c>deeplabv3_resnet101</c>, with their keys. Unlike the paper's, the last stage has no dilations of
/// its own within a block (no "multi-grid"), the pyramid's rates are 12, 24 and 36 at an output stride of 8, where the paper
/// doubles 6, 12 and 18, after the pyramid comes one more 3x3 convolution, and there is dropout.
/// </summary>
internal sealed class DeepLabV3 : DilatedNetwork, ISegmentationNetwork<DeepLabV3>
{
    private DeepLabV3(SegmentationNetworkInput input)
        : base(nameof(DeepLabV3), input, channels => Head(channels, input.Classes))
    {
        RegisterComponents();
    }

    public static DeepLabV3 Create(SegmentationNetworkInput input) => new(input);

    /// <summary>The pyramid's image average is one value an image and map.</summary>
    public override int MinimumBatch => 2;

    protected override int LastLayer => 4;

    // (N, channels, H, W) to (N, K, H, W)
    private static Sequential Head(long channels, int classes) => nn.Sequential(
        new Pyramid(channels, 256, 12, 24, 36),
        nn.Conv2d(256, 256, kernel_size: 3, padding: 1, bias: false),
        nn.BatchNorm2d(256),
        nn.ReLU(inplace: true),
        nn.Conv2d(256, classes, kernel_size: 1));

    /// <summary>
    /// Atrous spatial pyramid pooling: the same maps seen by a 1x1 convolution, by 3x3 convolutions of several dilations, and as
    /// the average of the image; all joined and mixed.
    /// </summary>
    private sealed class Pyramid : nn.Module<Tensor, Tensor>, IConvolutionNorms
    {
        private readonly ModuleList<Sequential> convs;
        private readonly Sequential project;
        private readonly IReadOnlyList<LayerSequence> _views;
        private readonly LayerSequence _mix;

        public Pyramid(long channels, long width, params ReadOnlySpan<int> rates)
            : base(nameof(Pyramid))
        {
            convs = new(nn.Sequential(nn.Conv2d(channels, width, kernel_size: 1, bias: false), nn.BatchNorm2d(width), nn.ReLU(inplace: true)));
            foreach (var rate in rates)
                convs.Add(nn.Sequential(nn.Conv2d(channels, width, kernel_size: 3, padding: rate, dilation: rate, bias: false), nn.BatchNorm2d(width), nn.ReLU(inplace: true)));
            convs.Add(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(channels, width, kernel_size: 1, bias: false), nn.BatchNorm2d(width), nn.ReLU(inplace: true)));
            project = nn.Sequential(nn.Conv2d(convs.Count * width, width, kernel_size: 1, bias: false), nn.BatchNorm2d(width), nn.ReLU(inplace: true), nn.Dropout(0.5));
            _views = [.. convs.Select(LayerSequence.Of)];
            _mix = LayerSequence.Of(project);
            RegisterComponents();
        }

        public IEnumerable<ConvolutionNorm> ConvolutionNorms => _views.Append(_mix).SelectMany(layers => layers.ConvolutionNorms);

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var views = _views.Select(view => view.Call(x)).ToArray();         // (N, width, H, W), the last (N, width, 1, 1)
            // Interpolating one pixel copies it.
            views[^1] = views[^1].expand(-1, -1, x.size(2), x.size(3));        // (N, width, H, W)
            return _mix.Call(cat(views, 1)).MoveToOuterDisposeScope();         // (N, width, H, W)
        }
    }
}
