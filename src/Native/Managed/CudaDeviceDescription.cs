namespace Fovea.Native;

/// <summary>Figures of a CUDA device.</summary>
/// <param name="Name">The driver's name for it.</param>
/// <param name="TotalBytes">Memory it has.</param>
/// <param name="FreeBytes">Memory the driver could still give.</param>
/// <param name="AllocatedBytes">Memory held by tensors of this process.</param>
/// <param name="PeakBytes">The most that was held by tensors of this process.</param>
/// <param name="ComputeCapability">As in 9.0.</param>
public sealed record CudaDeviceDescription(string Name, long TotalBytes, long FreeBytes, long AllocatedBytes, long PeakBytes, Version ComputeCapability);
