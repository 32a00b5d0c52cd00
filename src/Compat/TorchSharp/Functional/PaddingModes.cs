namespace TorchSharp;

/// <summary>What stands outside the border.</summary>
public enum PaddingModes
{
    Zeros,
    Reflect,
    Replicate,
    Circular,
    Constant,
}
