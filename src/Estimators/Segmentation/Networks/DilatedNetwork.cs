using Fovea.Backbones;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// A ResNet whose last two stages are dilated instead of strided, a head on its last maps and optionally a second one on those
/// of the stage before, which only training needs (Zhao et al., 2016, https://arxiv.org/abs/1612.01105, weigh its loss by 0.4).
/// The heads' logits, an eighth of the image in size, are interpolated to its size. Keys as torchvision's.
/// </summary>
internal abstract class DilatedNetwork : SegmentationNetwork, IConvolutionNorms
{
    private readonly ResNet backbone;
    private readonly Sequential classifier;
    private readonly Sequential? aux_classifier;
    private readonly LayerSequence _head;

    /// <param name="name">Of the module.</param>
    /// <param name="input">What it is built for.</param>
    /// <param name="head">The head, by the channels it gets.</param>
    protected DilatedNetwork(string name, SegmentationNetworkInput input, Func<long, Sequential> head)
        : base(name, stride: 8, minimumSize: 16, any: true)
    {
        var maps = input.Backbone.Channels;
        backbone = ResNet.Encoder(input.Channels, input.Backbone, outputStride: 8);
        aux_classifier = input.Auxiliary ? FcnHead.Create(maps[3], input.Classes) : null;
        classifier = head(maps[4]);
        _head = LayerSequence.Of(classifier);
    }

    /// <summary>Where in the head the classes are.</summary>
    protected abstract int LastLayer { get; }

    public override IReadOnlyList<string> ClassLayers => [$"classifier.{LastLayer}.", "aux_classifier.4."];

    public IEnumerable<ConvolutionNorm> ConvolutionNorms => _head.ConvolutionNorms;

    protected override (Tensor Logits, Tensor? Auxiliary) Compute(Tensor x, bool auxiliary)
    {
        long[] size = [x.size(2), x.size(3)];
        var maps = backbone.Features(x);                                                      // ..., (N, 256e, H/8, W/8), (N, 512e, H/8, W/8)
        var logits = Enlarge(_head.Call(maps[4]));                                       // (N, K, H/8, W/8) → (N, K, H, W)
        var second = auxiliary && aux_classifier is not null ? Enlarge(aux_classifier.call(maps[3])) : null; // (N, K, H, W)
        return (logits, second);

        Tensor Enlarge(Tensor coarse) => nn.functional.interpolate(coarse, size, mode: InterpolationMode.Bilinear, align_corners: false);
    }
}
