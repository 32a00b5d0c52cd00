namespace TorchSharp;

public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;
    private static Device? defaultDevice;

    public static ScalarType get_default_dtype() => defaultType;

    /// <summary>The type of tensors made without one. LibTorch's own promotion of integers stays float32.</summary>
    public static void set_default_dtype(ScalarType dtype) => defaultType = is_floating_point(dtype)
        ? dtype
        : throw new ArgumentException($"The default type must be a floating-point one; {dtype} was given.", nameof(dtype));

    public static Device get_default_device() => defaultDevice ?? CPU;

    public static void set_default_device(Device device) => defaultDevice = InitializeDevice(device);

    public static void set_default_device(string device) => set_default_device(new Device(device));
}
