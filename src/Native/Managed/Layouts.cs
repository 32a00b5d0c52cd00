using System.Runtime.InteropServices;

namespace Fovea.Native;

// Structs of fovea.h that callers see only through a friendlier type; field by field as they stand there.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDescription
{
    public int TorchMajor, TorchMinor, TorchPatch, Threads, Cores, OneDnn, BFloat16, KeepsMemory, CudaBuilt, CudaDevices;
    public fixed byte CpuCapability[32];
    public fixed byte CpuName[96];
    public fixed byte Build[256];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeCudaDevice
{
    public fixed byte Name[128];
    public long TotalBytes, FreeBytes, AllocatedBytes, PeakBytes;
    public int Major, Minor;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NativeSgd
{
    public double LearningRate, Momentum, Dampening, WeightDecay;
    public int Nesterov, Maximize, First;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NativeAdam
{
    public double LearningRate, Beta1, Beta2, Epsilon, WeightDecay;
    public long Step;
    public int Decoupled, Amsgrad, Maximize;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NativeImageRequest
{
    public int Channels, MinWidth, MinHeight, Orient, RawIndex;
    public long MaxPixels;
}
