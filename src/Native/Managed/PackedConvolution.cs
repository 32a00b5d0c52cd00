using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>
/// A convolution of images for prediction: its weights laid out once as oneDNN wants them, and where wanted with a ReLU on what it
/// writes. Of the CPU and without gradient. May be used by several threads at once.
/// </summary>
public sealed unsafe class PackedConvolution : SafeHandle
{
    private PackedConvolution(nint convolution)
        : base(0, ownsHandle: true) => SetHandle(convolution);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Packs weights, which are copied.</summary>
    /// <param name="weight">(O, C/groups, h, w), float32 or bfloat16, on the CPU: a handle.</param>
    /// <param name="bias">(O): a handle, or 0 for none.</param>
    /// <param name="stride">Down and across, pixels.</param>
    /// <param name="padding">Rows and columns on each side.</param>
    /// <param name="dilation">Down and across, pixels.</param>
    /// <param name="groups">That share the channels.</param>
    /// <param name="sizes">N, C, H, W of images to expect. Others work too, some more slowly.</param>
    /// <param name="relu">What it writes is not below 0.</param>
    /// <exception cref="NativeException">This LibTorch has no oneDNN, or weights and numbers do not fit.</exception>
    public static PackedConvolution Of(nint weight, nint bias, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, long groups,
        ReadOnlySpan<long> sizes, bool relu)
    {
        Two(stride, nameof(stride));
        Two(padding, nameof(padding));
        Two(dilation, nameof(dilation));
        if (sizes.Length != 4)
        {
            throw new ArgumentException($"wanted N, C, H, W, got {sizes.Length} numbers", nameof(sizes));
        }

        nint result;
        fixed (long* s = stride, p = padding, d = dilation, n = sizes)
        {
            Door.Check(Exports.fovea_convolution_pack(weight, bias, s, p, d, groups, n, relu ? 1 : 0, &result));
        }

        return new PackedConvolution(result);
    }

    /// <summary>Convolves.</summary>
    /// <param name="images">(N, C, H, W), of any type and layout, on the CPU: a handle.</param>
    /// <returns>(N, O, H', W') of the weights' type, channels-last: a handle, the caller's to free.</returns>
    /// <exception cref="NativeException">LibTorch refused the call.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public nint Run(nint images)
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            nint result;
            Door.Check(Exports.fovea_convolution_run(handle, images, &result));
            return result;
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Exports.fovea_convolution_free(handle);
        return true;
    }

    private static void Two(ReadOnlySpan<long> numbers, string name)
    {
        if (numbers.Length != 2)
        {
            throw new ArgumentException($"wanted two numbers, got {numbers.Length}", name);
        }
    }
}
