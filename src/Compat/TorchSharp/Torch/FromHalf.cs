namespace TorchSharp;

public static partial class torch
{
    // Tensors from Half values: copies, but for as_tensor of an array, which shares its memory.
}
