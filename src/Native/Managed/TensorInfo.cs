using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>What a tensor is; <c>fovea_tensor_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct TensorInfo
{
    private readonly nint data;
    private readonly long elements;
    private readonly long bytes;
    private readonly int dimensions;
    private readonly int dtype;
    private readonly int device;
    private readonly byte requiresGrad;
    private readonly byte isLeaf;
    private readonly byte isContiguous;
    private readonly byte isSparse;

    /// <summary>Address of the first element; 0 where there is none (empty, meta, sparse).</summary>
    public nint Data => data;

    /// <summary>Elements.</summary>
    public long Elements => elements;

    /// <summary>Bytes of the storage it shares.</summary>
    public long Bytes => bytes;

    /// <summary>Dimensions.</summary>
    public int Dimensions => dimensions;

    /// <summary>LibTorch's number of the element type (float32 is 6).</summary>
    public int DType => dtype;

    /// <summary>LibTorch's number of the device type (CPU 0, CUDA 1).</summary>
    public int DeviceType => device >> 8;

    /// <summary>Index of the device, -1 where it has none (CPU).</summary>
    public int DeviceIndex => (device & 255) == 255 ? -1 : device & 255;

    /// <summary>Whether gradients flow to or through it.</summary>
    public bool RequiresGrad => requiresGrad != 0;

    /// <summary>Whether no operation made it that autograd remembers.</summary>
    public bool IsLeaf => isLeaf != 0;

    /// <summary>Whether its elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => isContiguous != 0;

    /// <summary>Whether its layout is a sparse one.</summary>
    public bool IsSparse => isSparse != 0;
}
