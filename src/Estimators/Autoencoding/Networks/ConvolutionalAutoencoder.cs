using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Autoencoding.Networks;

/// <summary>
/// 3x3 convolutions with stride 2 down to small maps, fully connected layers at the bottom, and steps that double the maps again.
/// A network of our own, after those of Radford, Metz and Chintala (2016, https://arxiv.org/abs/1511.06434); other than theirs it has fully
/// connected layers, ReLU on both sides, and upsampling whose windows do not overlap. Images whose sides are no
/// multiples of two to the depth are padded by repeating the last row and column, and the result is cut back.
/// </summary>
internal sealed class ConvolutionalAutoencoder : AutoencoderNetwork, IAutoencoderNetwork<ConvolutionalAutoencoder>
{
    private readonly ModuleList<HalvingStep> encoder;
    private readonly LatentCode code;
    private readonly ModuleList<DoublingStep> decoder;
    private readonly Conv2d head;

    private readonly int _down, _right;
    private readonly long _height, _width, _maps;
    private readonly bool _hasBatchNorm;

    private ConvolutionalAutoencoder(AutoencoderNetworkInput input)
        : base(nameof(ConvolutionalAutoencoder), input)
    {
        var options = input.Convolutional;
        var widths = Enumerable.Range(0, options.Depth).Select(level => (long)options.Width << level).ToArray();
        (_down, _right) = (Missing(input.Height, options.Stride), Missing(input.Width, options.Stride));
        (_height, _width, _maps) = ((input.Height + _down) / options.Stride, (input.Width + _right) / options.Stride, widths[^1]);
        _hasBatchNorm = options.BatchNorm;
        encoder = new([.. widths.Select((width, level) => new HalvingStep(level == 0 ? input.Channels : widths[level - 1], width, options.BatchNorm))]);
        code = new(_height * _width * _maps, input);
        // The largest maps have half the width again: they cost the most.
        decoder = new([.. widths.Select((width, level) => new DoublingStep(width, level == 0 ? (width + 1) / 2 : widths[level - 1], hasConvolution: level > 0, options)).Reverse()]);
        head = nn.Conv2d((widths[0] + 1) / 2, input.Channels, kernel_size: 3, padding: 1);
        RegisterComponents();
    }

    public static ConvolutionalAutoencoder Create(AutoencoderNetworkInput input) => new(input);

    public override int MinimumBatch => _hasBatchNorm ? 2 : 1;

    protected override (Tensor Mean, Tensor? LogVariance) ComputeCode(Tensor x)
    {
        if (_down > 0 || _right > 0)
            x = nn.functional.pad(x, [0, _right, 0, _down], PaddingModes.Replicate);
        foreach (var step in encoder)
            x = step.call(x);                                       // (N, 2^l width, H/2^(l+1), W/2^(l+1))
        // In the order of memory of channels-last maps, so that nothing is copied.
        return code.Encode(x.permute(0, 2, 3, 1).flatten(1));       // (N, h w maps) to (N, Z)
    }

    protected override Tensor ComputeImage(Tensor z)
    {
        var x = nn.functional.relu(code.Decode(z));                 // (N, h w maps)
        x = x.reshape(z.size(0), _height, _width, _maps).permute(0, 3, 1, 2);   // (N, maps, h, w), channels-last
        foreach (var step in decoder)
            x = step.call(x);                                       // at last (N, width/2, H', W')
        x = head.call(x);                                           // (N, C, H', W')
        return _down > 0 || _right > 0 ? x.narrow(2, 0, Input.Height).narrow(3, 0, Input.Width) : x;
    }

    private static int Missing(int size, int stride) => (size + stride - 1) / stride * stride - size;
}
