namespace TorchSharp;

/// <summary>How the elements of a tensor lie in memory.</summary>
public enum memory_format
{
    preserve_format,
    contiguous_format,
    channels_last,
}
