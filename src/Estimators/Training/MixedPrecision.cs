using Fovea.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>bfloat16 autocast over the native door; TorchSharp has none.</summary>
internal static class MixedPrecision
{
    /// <summary>What to run in on a device: never <see cref="Precision.Auto"/>.</summary>
    /// <exception cref="InvalidOperationException">bfloat16 is asked for and the door cannot be used.</exception>
    public static Precision Choose(Precision asked, Device device)
    {
        if (asked == Precision.Float32)
            return asked;
        if (NativeDoor.WhyClosed is { } why)
        {
            return asked == Precision.Auto ? Precision.Float32 : throw new InvalidOperationException(
                $"Precision.BFloat16 needs the native door to LibTorch, which cannot be used: {why} Use Precision.Auto or Precision.Float32.");
        }
        var fast = device.type == DeviceType.CUDA ? BFloat16Hardware.Cuda : BFloat16Hardware.Avx512 | BFloat16Hardware.Amx;
        return asked == Precision.BFloat16 || (LibTorch.Describe().BFloat16 & fast) != 0 ? Precision.BFloat16 : Precision.Float32;
    }

    /// <summary>Autocast until disposed, for the forward pass and the loss; the backward pass follows the types it finds.</summary>
    public static Scope Enter(Precision precision, Device device) => new(precision == Precision.BFloat16 ? (int)device.type : -1);

    public readonly ref struct Scope
    {
        private readonly int _device;
        private readonly (bool Enabled, int DType) _previous;

        internal Scope(int device)
        {
            _device = device;
            if (device >= 0)
                _previous = Door.Autocast(device, enabled: true, (int)ScalarType.BFloat16);
        }

        public void Dispose()
        {
            if (_device >= 0)
                Door.Autocast(_device, _previous.Enabled, _previous.DType);
        }
    }
}
