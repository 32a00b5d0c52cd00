namespace Fovea.Native;

public static unsafe partial class Door
{
    /// <summary>Figures of a CUDA device.</summary>
    /// <exception cref="NativeException">There is no such device.</exception>
    public static CudaDeviceDescription CudaGetDevice(int index)
    {
        NativeCudaDevice native;
        Check(Exports.fovea_cuda_get_device(index, &native));
        return new CudaDeviceDescription(NativeText.Field(native.Name, 128), native.TotalBytes, native.FreeBytes,
            native.AllocatedBytes, native.PeakBytes, new Version(native.Major, native.Minor));
    }

    /// <summary>Waits for everything a CUDA device was given to do.</summary>
    public static void CudaSynchronize(int index = -1) => Check(Exports.fovea_cuda_synchronize(index));

    /// <summary>Gives cached CUDA memory back to the driver.</summary>
    public static void CudaEmptyCache() => Check(Exports.fovea_cuda_empty_cache());

    /// <summary>One of LibTorch's process-wide switches as it is now.</summary>
    public static bool GetSetting(TorchSetting setting) => Setting(setting, -1);

    /// <summary>Turns one of LibTorch's process-wide switches and gives what it was.</summary>
    public static bool SetSetting(TorchSetting setting, bool value) => Setting(setting, value ? 1 : 0);

    private static bool Setting(TorchSetting setting, int value)
    {
        int previous;
        Check(Exports.fovea_setting((int)setting, value, &previous));
        return previous != 0;
    }
}
