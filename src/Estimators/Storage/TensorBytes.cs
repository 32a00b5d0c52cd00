using static TorchSharp.torch;

namespace Fovea.Storage;

/// <summary>The memory of a contiguous tensor on the CPU, in pieces that a span can hold.</summary>
internal static class TensorBytes
{
    private const long LargestPiece = 1 << 30;

    /// <summary>Takes a piece; it must not keep it.</summary>
    public delegate void Visitor(Span<byte> bytes);

    public static void Visit(Tensor tensor, Visitor visitor)
    {
        var elements = tensor.NumberOfElements;
        if (elements == 0)
            return;
        var elementSize = tensor.ElementSize;
        if (elements * elementSize <= LargestPiece)
        {
            visitor(tensor.bytes);
            return;
        }
        var atOnce = LargestPiece / elementSize;
        using var flat = tensor.reshape(-1);
        for (long start = 0; start < elements; start += atOnce)
        {
            using var piece = flat.narrow(0, start, Math.Min(atOnce, elements - start));
            visitor(piece.bytes);
        }
    }
}
