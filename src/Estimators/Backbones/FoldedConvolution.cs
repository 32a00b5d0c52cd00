using Fovea.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// A convolution with its batch norm and ReLU in it, for prediction. On a CPU with oneDNN its weights lie as oneDNN wants them, and sum and ReLU behind it
/// cost one pass or none; elsewhere, and where a gradient is wanted, LibTorch's operators compute the same. May be called by several threads at once.
/// </summary>
internal sealed class FoldedConvolution(Conv2d convolution, BatchNorm2d? norm, bool relu, ScalarType type, bool packs) : IDisposable
{
    private readonly Lock _making = new();
    private volatile PackedConvolution? _packed;
    private volatile Plain? _plain;

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, O, H', W').</returns>
    public Tensor Call(Tensor x)
    {
        if (packs && !is_grad_enabled())
        {
            var result = Tensor.UnsafeCreateTensor(PackedFor(x).Run(x.Handle));
            GC.KeepAlive(x);
            return result;
        }
        var (weight, bias) = PlainWeights();
        var y = nn.functional.conv2d(x, weight, bias, convolution.stride, convolution.padding, convolution.dilation, convolution.groups);
        return relu ? y.relu_() : y;
    }

    /// <param name="y">(N, O, H', W'), what <see cref="Call"/> gave; it becomes the sum.</param>
    /// <param name="shortcut">(N, O, H', W'), added before a ReLU.</param>
    public Tensor Join(Tensor y, Tensor shortcut)
    {
        if (!packs || is_grad_enabled() || shortcut.dtype != y.dtype)
            return y.add_(shortcut).relu_();
        Door.AddRelu(y.Handle, shortcut.Handle);
        GC.KeepAlive(shortcut);
        return y;
    }

    public void Dispose()
    {
        _packed?.Dispose();
        _plain?.Weight.Dispose();
        _plain?.Bias?.Dispose();
        (_packed, _plain) = (null, null);
    }

    // How oneDNN wants the weights depends on the images, so the first ones decide. Copies that nobody needs any more do not stay.
    private PackedConvolution PackedFor(Tensor x)
    {
        if (_packed is { } known)
            return known;
        lock (_making)
        {
            if (_packed is { } made)
                return made;
            using var scope = NewDisposeScope();
            var (weight, bias) = Weights(packed: true);
            return _packed = PackedConvolution.Of(weight.Handle, bias?.Handle ?? 0, Both(convolution.stride), Both(convolution.padding!), Both(convolution.dilation),
                convolution.groups, x.shape, relu);
        }

        // Options of a convolution are one number for both sides, or two.
        static long[] Both(long[] sides) => sides.Length == 1 ? [sides[0], sides[0]] : sides;
    }

    private Plain PlainWeights()
    {
        if (_plain is { } known)
            return known;
        lock (_making)
        {
            if (_plain is { } made)
                return made;
            using var scope = NewDisposeScope();
            var (weight, bias) = Weights(packed: false);
            // Channels-last, as the loader lays out images: LibTorch would convert them in every call.
            weight = weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
            return _plain = new(Own(weight), bias is null ? null : Own(bias));
        }

        // Where nothing had to be computed the convolution's own weights come through.
        static Tensor Own(Tensor made) => made.alias().DetachFromDisposeScope();
    }

    // The scale in float64: a small variance must not cost the weights their precision.
    private Plain Weights(bool packed)
    {
        using var frozen = no_grad();
        var weight = convolution.weight.detach();                                                                       // (O, C, h, w)
        var bias = convolution.bias?.detach();                                                                          // (O,)
        if (norm is not null)
        {
            var scale = norm.weight!.to(ScalarType.Float64) / (norm.running_var!.to(ScalarType.Float64) + norm.eps).sqrt(); // (O,)
            var shift = bias is null ? -norm.running_mean! : bias - norm.running_mean!;                                 // (O,)
            weight *= scale.to(weight.dtype).view(-1, 1, 1, 1);
            bias = shift * scale + norm.bias!;
        }
        // oneDNN takes a bias in float32 beside weights in bfloat16, LibTorch's operator does not.
        return new(type == ScalarType.BFloat16 ? Rounded(weight) : weight.to(type), bias?.to(packed ? ScalarType.Float32 : type));
    }

    // Neighboring pixels are alike, and what a rounding adds to one tap's product the next tap is to take away: each takes over the error so far, so that
    // a filter's sum over a channel is off by no more than its last weight. Of a random ResNet-18 on random images it nearly halves what rounded weights do
    // to the logits, from 0.087 to 0.049.
    private static Tensor Rounded(Tensor weight)
    {
        var taps = weight.flatten(2).permute(2, 0, 1).contiguous();                                                     // (hw, O, C)
        var rounded = new List<Tensor>();
        var error = zeros_like(taps[0]);                                                                                // (O, C)
        for (var tap = 0; tap < taps.shape[0]; tap++)
        {
            var wanted = taps[tap] + error;
            rounded.Add(wanted.to(ScalarType.BFloat16));
            error = wanted - rounded[^1];
        }
        return stack(rounded, -1).view(weight.shape);                                                                   // (O, C, h, w)
    }

    /// <param name="Weight">(O, C, h, w).</param>
    /// <param name="Bias">(O,).</param>
    private sealed record Plain(Tensor Weight, Tensor? Bias);
}
