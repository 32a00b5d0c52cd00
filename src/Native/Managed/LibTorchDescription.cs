namespace Fovea.Native;

/// <summary>The LibTorch this process runs on and what it makes of the machine.</summary>
/// <param name="Version">Of LibTorch.</param>
/// <param name="CpuCapability">The CPU kernels in use: "DEFAULT", "AVX2" or "AVX512".</param>
/// <param name="CpuName">The processor's name for itself.</param>
/// <param name="Threads">Threads that work on one operator.</param>
/// <param name="Cores">Cores available to the process, by its affinity and its cgroup's quota.</param>
/// <param name="OneDnn">Whether oneDNN is linked in and used.</param>
/// <param name="BFloat16">What makes bfloat16 fast here.</param>
/// <param name="KeepsMemory">Whether freed tensor memory stays with the process.</param>
/// <param name="CudaBuilt">Whether this LibTorch was built with CUDA.</param>
/// <param name="CudaDevices">CUDA devices that can be used now.</param>
/// <param name="Build">BLAS and compiler, from LibTorch's own configuration.</param>
public sealed record LibTorchDescription(
    Version Version,
    string CpuCapability,
    string CpuName,
    int Threads,
    int Cores,
    bool OneDnn,
    BFloat16Hardware BFloat16,
    bool KeepsMemory,
    bool CudaBuilt,
    int CudaDevices,
    string Build)
{
    /// <summary>One line for a log.</summary>
    public override string ToString() =>
        $"LibTorch {Version}, {CpuCapability} kernels, {Threads} of {Cores} cores, oneDNN {(OneDnn ? "on" : "off")}, " +
        $"bfloat16 hardware {BFloat16}, {(CudaBuilt ? $"{CudaDevices} CUDA devices" : "no CUDA")}, {CpuName}";
}
