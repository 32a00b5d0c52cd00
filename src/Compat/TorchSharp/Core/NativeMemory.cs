namespace TorchSharp;

/// <summary>
/// The memory behind the tensors that are not disposed yet. The garbage collector sees 60 bytes of a tensor that holds
/// a gigabyte, so a loop that leaves its tensors to it would fill the memory before the first collection.
/// </summary>
/// <remarks>
/// GC.AddMemoryPressure does not fit: it adds up what was allocated and does not subtract what was disposed until it
/// collects, so a training loop that disposes everything would collect every few milliseconds. Here a collection comes
/// when what is held passes a limit, and the limit becomes twice what the collection left. A program that really holds
/// much is thus asked rarely, one that leaves tensors behind in proportion to what it leaves.
/// </remarks>
internal static class NativeMemory
{
    private const long FloorKibibytes = 256 * 1024;

    private static long held;
    private static long limit = FloorKibibytes;
    private static int collecting;

    public static void Add(int kibibytes)
    {
        if (kibibytes != 0 && Interlocked.Add(ref held, kibibytes) > Volatile.Read(ref limit))
            Collect();
    }

    public static void Remove(int kibibytes)
    {
        if (kibibytes != 0)
            Interlocked.Add(ref held, -kibibytes);
    }

    private static void Collect()
    {
        if (Interlocked.Exchange(ref collecting, 1) != 0)
            return;
        try
        {
            // What a loop leaves behind is mostly young; a full collection only where that did not help.
            var before = Volatile.Read(ref held);
            Finalize(generation: 0);
            if (Volatile.Read(ref held) > before / 2)
                Finalize(generation: GC.MaxGeneration);
            Volatile.Write(ref limit, Math.Max(FloorKibibytes, 2 * Volatile.Read(ref held)));
        }
        finally
        {
            Volatile.Write(ref collecting, 0);
        }
    }

    private static void Finalize(int generation)
    {
        GC.Collect(generation);
        GC.WaitForPendingFinalizers();
    }
}
