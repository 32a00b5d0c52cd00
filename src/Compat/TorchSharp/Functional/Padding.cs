namespace TorchSharp;

/// <summary>A convolution's padding by what it does to the size.</summary>
public enum Padding
{
    Valid,
    Same,
}
