using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    /// <summary>CUDA devices.</summary>
    public static partial class cuda
    {
        private static readonly Lazy<int> devices = new(() => LibTorch.Describe().CudaDevices);

        public static bool is_available() => devices.Value > 0;

        // LibTorch's CUDA builds bring cuDNN.
        public static bool is_cudnn_available() => is_available();

        public static int device_count() => devices.Value;

        public static void manual_seed(long seed)
        {
            if (!is_available())
                return;
            using var generator = Door.GeneratorDefault(Door.Device((int)DeviceType.CUDA));
            Door.GeneratorSetSeed(generator, seed);
        }

        public static void manual_seed_all(long seed)
        {
            for (var index = 0; index < device_count(); index++)
            {
                using var generator = Door.GeneratorDefault(Door.Device((int)DeviceType.CUDA, index));
                Door.GeneratorSetSeed(generator, seed);
            }
        }

        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(device?.type ?? DeviceType.CUDA);
            Door.CudaSynchronize(device?.index ?? -1);
        }
    }
}
