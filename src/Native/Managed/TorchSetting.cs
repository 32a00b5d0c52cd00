namespace Fovea.Native;

/// <summary>LibTorch's process-wide switches; the numbers of <c>fovea_setting_name</c>.</summary>
public enum TorchSetting
{
    /// <summary>Operators without a deterministic kernel are an error.</summary>
    Deterministic = 1,

    /// <summary>Use oneDNN.</summary>
    OneDnn = 2,

    /// <summary>Use cuDNN.</summary>
    Cudnn = 3,

    /// <summary>cuDNN tries its convolution kernels once per shape.</summary>
    CudnnBenchmark = 4,

    /// <summary>cuDNN uses deterministic kernels only.</summary>
    CudnnDeterministic = 5,

    /// <summary>TensorFloat-32 in cuDNN's convolutions.</summary>
    CudnnTf32 = 6,

    /// <summary>TensorFloat-32 in CUDA's matrix products.</summary>
    CudaMatmulTf32 = 7,
}
