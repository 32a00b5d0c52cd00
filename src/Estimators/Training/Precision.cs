namespace Fovea;

/// <summary>The number format in which convolutions and matrix products run. Weights, losses and sums stay float32.</summary>
public enum Precision
{
    /// <summary>
    /// bfloat16 where the device multiplies it faster than float32, else float32; the log says which. For prediction on a CPU without AMX also float32 where
    /// most of a network are convolutions of 3x3, as in a ResNet-18 or a U-Net: those are as fast in it.
    /// </summary>
    Auto,

    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 through autocast. An error where the native door is missing, as with the TorchSharp package alone.</summary>
    BFloat16,
}
