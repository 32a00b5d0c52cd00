using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// A convolution and the batch norm behind it. In prediction the norm only scales and shifts the convolution's channels, so both can be one
/// convolution: <see cref="FoldedConvolutions"/> does that. The modules are fields of whoever owns this, which gives them their keys.
/// </summary>
internal sealed class ConvolutionNorm
{
    private readonly Conv2d _convolution;
    private readonly BatchNorm2d _norm;
    private Tensor? _weight;
    private Tensor? _bias;

    /// <param name="convolution">With zeros as padding.</param>
    /// <param name="norm">Of its channels.</param>
    public ConvolutionNorm(Conv2d convolution, BatchNorm2d norm) => (_convolution, _norm) = (convolution, norm);

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, O, H', W').</returns>
    public Tensor Call(Tensor x) => _weight is null || _norm.training
        ? _norm.call(_convolution.call(x))
        : nn.functional.conv2d(x, _weight, _bias, _convolution.stride, _convolution.padding, _convolution.dilation, _convolution.groups);

    /// <summary>Computes the one convolution from the weights as they are now. Those stay as they are.</summary>
    /// <param name="type">Of its weights.</param>
    public void Fold(ScalarType type)
    {
        Unfold();
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var scale = _norm.weight!.to(ScalarType.Float64) / (_norm.running_var!.to(ScalarType.Float64) + _norm.eps).sqrt();      // (O,)
        var shift = _convolution.bias is { } bias ? bias - _norm.running_mean! : -_norm.running_mean!;                          // (O,)
        var weight = _convolution.weight!.to(ScalarType.Float64) * scale.view(-1, 1, 1, 1);                                     // (O, C, h, w)
        // Channels-last, as the loader lays out images: LibTorch would convert them in every call.
        _weight = weight.to(type).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).DetachFromDisposeScope();
        _bias = (shift * scale + _norm.bias!).to(type).DetachFromDisposeScope();
    }

    /// <summary>Convolution and norm are two again.</summary>
    public void Unfold()
    {
        _weight?.Dispose();
        _bias?.Dispose();
        (_weight, _bias) = (null, null);
    }
}
