using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                _toEpilog(Floating(dtype), null, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(null, Available(new Device(deviceType, deviceIndex)), non_blocking);
                return this;
            }

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                _toEpilog(Floating(dtype), Available(device), non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);
            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) => _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);
            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);

            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var child in children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                foreach (var (_, parameter) in named_parameters(false)) Move(parameter, dtype, device, non_blocking);
                foreach (var (_, (buffer, _)) in _internal_buffers) Move(buffer, dtype, device, non_blocking);
                if (device is null) return;
                _deviceType = device.type;
                _deviceIndex = device.index;
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());

            // The tensor object stays and gets other contents, as in PyTorch; so an optimizer made before the move still has the right parameters.
            private static void Move(Tensor tensor, ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (tensor.IsInvalid) return;
                var type = dtype is { } wanted && (is_floating_point(tensor) || is_complex(tensor)) ? wanted : tensor.dtype;
                var place = device ?? tensor.device;
                if (type == tensor.dtype && place.type == tensor.device_type && (place.index < 0 || place.index == tensor.device_index)) return;

                using var _ = no_grad();
                using var gradient = tensor.grad;
                if (gradient is not null) tensor.grad = null;
                using var moved = tensor.to(type, place, non_blocking: non_blocking);
                Door.TensorSetData(tensor.Handle, moved.Handle);
                if (gradient is null) return;
                using var movedGradient = gradient.to(type, place, non_blocking: non_blocking);
                tensor.grad = movedGradient;
            }

            private static ScalarType Floating(ScalarType dtype) => is_floating_point(dtype) || is_complex(dtype)
                ? dtype
                : throw new ArgumentException($"A module can be moved to a floating point or complex type, not to {dtype}.", nameof(dtype));

            private static Device Available(Device device) => device.type != DeviceType.CUDA || cuda.is_available()
                ? device
                : throw new InvalidOperationException("A module was asked to move to CUDA; this LibTorch has no CUDA device.");
        }
    }
}
