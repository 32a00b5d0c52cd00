namespace Fovea.Native;

/// <summary>What makes bfloat16 fast on this machine.</summary>
[Flags]
public enum BFloat16Hardware
{
    /// <summary>Nothing: bfloat16 is emulated and slower than float32.</summary>
    None = 0,

    /// <summary>The CPU's AVX512-BF16 instructions.</summary>
    Avx512 = 1,

    /// <summary>The CPU's AMX tiles.</summary>
    Amx = 2,

    /// <summary>Tensor cores of a CUDA device.</summary>
    Cuda = 4,
}
