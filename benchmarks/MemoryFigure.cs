namespace Fovea.Benchmarks;

/// <summary>Memory after an epoch.</summary>
/// <param name="Resident">Bytes of the process.</param>
/// <param name="Heap">Bytes of the managed heap after a collection.</param>
/// <param name="Tensors">Tensors that live.</param>
internal sealed record MemoryFigure(long Resident, long Heap, long Tensors);
