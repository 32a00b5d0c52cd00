namespace Fovea.Native;

/// <summary>The LibTorch behind the door. Loaded and started by the first call of anything here or in <see cref="Door"/>.</summary>
public static unsafe class LibTorch
{
    /// <summary>Whether libfovea and the LibTorch it was built against could be loaded.</summary>
    public static bool IsAvailable => WhyNotAvailable is null;

    /// <summary>Why not, and what to do about it; null where it is available.</summary>
    public static string? WhyNotAvailable => NativeLibraries.WhyNot(NativeLibraries.Torch);

    /// <summary>
    /// Threads that work on one operator, for every thread of the process from its next call on: 1 to 1024. At start the
    /// cores available to the process, or what FOVEA_THREADS or OMP_NUM_THREADS says.
    /// </summary>
    /// <exception cref="NativeException">The number is out of range.</exception>
    public static int Threads
    {
        get
        {
            int result;
            Door.Check(Exports.fovea_get_threads(&result));
            return result;
        }
        set => Door.Check(Exports.fovea_set_threads(value));
    }

    /// <summary>CPU memory of tensors. What is kept is bounded by the peak in use and a half of it.</summary>
    public static MemoryFigures Memory
    {
        get
        {
            MemoryFigures result;
            Door.Check(Exports.fovea_get_memory(&result));
            return result;
        }
    }

    /// <summary>Gives memory kept for later tensors back to the system, as after a training.</summary>
    public static void TrimMemory() => Door.Check(Exports.fovea_trim_memory());

    /// <summary>Loads and starts LibTorch now instead of at the first call.</summary>
    /// <exception cref="NativeException">It cannot be loaded; the message says what was tried and what to do.</exception>
    public static void Start()
    {
        if (WhyNotAvailable is { } why)
        {
            throw new NativeException(NativeStatus.Unavailable, why);
        }
    }

    /// <summary>What LibTorch this is and what it makes of the machine.</summary>
    public static LibTorchDescription Describe()
    {
        NativeDescription native;
        Door.Check(Exports.fovea_describe(&native));
        return new LibTorchDescription(
            new Version(native.TorchMajor, native.TorchMinor, native.TorchPatch),
            NativeText.Field(native.CpuCapability, 32),
            NativeText.Field(native.CpuName, 96),
            native.Threads,
            native.Cores,
            native.OneDnn != 0,
            (BFloat16Hardware)native.BFloat16,
            native.KeepsMemory != 0,
            native.CudaBuilt != 0,
            native.CudaDevices,
            NativeText.Field(native.Build, 256));
    }
}
