using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    public static Device MPS => InitializeDevice(new Device(DeviceType.MPS));

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => new(index);

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    /// <exception cref="InvalidOperationException">This machine, or this LibTorch, has no such device.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException(deviceType == DeviceType.CUDA
                ? "There is no CUDA device: LibTorch was built without CUDA, or no device or driver was found. Use the CPU, or a LibTorch with CUDA on a machine that has one."
                : $"Device type {deviceType} is not available on this machine.");
    }

    /// <exception cref="NativeException">LibTorch cannot be loaded; the message says what was tried and what to do.</exception>
    public static bool TryInitializeDeviceType(DeviceType deviceType)
    {
        LibTorch.Start();
        return deviceType switch
        {
            DeviceType.CUDA => cuda.is_available(),
            DeviceType.MPS => false,
            _ => true,
        };
    }

    /// <summary>Where tensors live and operators run.</summary>
    public class Device
    {
        public Device(string description)
        {
            var colon = description.IndexOf(':');
            type = ParseType(colon < 0 ? description : description[..colon]);
            if (colon >= 0)
                index = int.Parse(description.AsSpan(colon + 1));
        }

        public Device(string deviceType, int index = -1)
        {
            type = ParseType(deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        /// <summary>-1: the current one.</summary>
        public int index { get; } = -1;

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index < 0 ? name : $"{name}:{index}";
        }

        private static DeviceType ParseType(string name) => Enum.TryParse<DeviceType>(name, ignoreCase: true, out var type)
            ? type
            : throw new ArgumentException($"'{name}' is no device type; it can be {string.Join(", ", Enum.GetNames<DeviceType>()).ToLowerInvariant()}");
    }
}
