namespace Fovea;

/// <summary>The number format in which convolutions and matrix products run. Weights, losses and sums stay float32.</summary>
public enum Precision
{
    /// <summary>
    /// bfloat16 where the device multiplies it faster than float32, else float32; the log says which. Classifiers whose weights are mostly those of
    /// convolutions of 3x3, as a ResNet-18's, predict in float32 on a CPU without AMX: they are as fast in it there.
    /// </summary>
    Auto,

    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 through autocast. An error where the native door is missing, as with the TorchSharp package alone.</summary>
    BFloat16,
}
