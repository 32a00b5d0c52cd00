using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// A convolution, the batch norm behind it and the ReLU behind that, each of the last two where there is one. In prediction the norm only scales and
/// shifts the convolution's channels, so all can be one convolution: <see cref="FoldedConvolutions"/> does that. The modules are fields of whoever owns
/// this, which gives them their keys.
/// </summary>
internal sealed class ConvolutionNorm
{
    private readonly Conv2d _convolution;
    private readonly BatchNorm2d? _norm;
    private readonly ReLU? _relu;
    private FoldedConvolution? _folded;

    /// <param name="convolution">With zeros as padding.</param>
    /// <param name="norm">Of its channels; null for none.</param>
    /// <param name="relu">Behind both; null for none.</param>
    public ConvolutionNorm(Conv2d convolution, BatchNorm2d? norm, ReLU? relu = null) => (_convolution, _norm, _relu) = (convolution, norm, relu);

    /// <summary>Numbers of the convolution's weight.</summary>
    public long Weights => _convolution.weight.numel();

    /// <summary>Of a window of 3x3 that moves by single pixels the door computes float32 with a fourth of the products, where vectors are filled.</summary>
    public bool SavesProducts => _convolution.weight.shape is [var filters, var channels, 3, 3] && filters % 32 == 0 && channels % 16 == 0
        && _convolution.groups == 1 && _convolution.stride.All(s => s == 1) && _convolution.dilation.All(d => d == 1);

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, O, H', W').</returns>
    public Tensor Call(Tensor x)
    {
        if (Folded is { } folded)
            return folded.Call(x);
        var y = _convolution.call(x);                 // (N, O, H', W')
        if (_norm is not null)
            y = _norm.call(y);
        return _relu is null ? y : _relu.call(y);
    }

    /// <summary>The end of a residual block: a shortcut added to the result, and a ReLU.</summary>
    /// <param name="y">(N, O, H', W'), what <see cref="Call"/> gave; it may become the sum.</param>
    /// <param name="shortcut">(N, O, H', W').</param>
    /// <param name="relu">Behind the sum.</param>
    /// <returns>(N, O, H', W').</returns>
    public Tensor Join(Tensor y, Tensor shortcut, ReLU relu) => Folded is { } folded ? folded.Join(y, shortcut) : relu.call(y.add_(shortcut));

    /// <summary>In prediction convolution, norm and ReLU are one, made at the first call of the weights as they are then. Those stay as they are.</summary>
    /// <param name="type">Of its weights.</param>
    /// <param name="packs">The door can lay them out as oneDNN wants them.</param>
    public void Fold(ScalarType type, bool packs)
    {
        Unfold();
        _folded = new(_convolution, _norm, _relu is not null, type, packs);
    }

    /// <summary>They are apart again.</summary>
    public void Unfold()
    {
        _folded?.Dispose();
        _folded = null;
    }

    private FoldedConvolution? Folded => _convolution.training ? null : _folded;
}
