namespace TorchSharp;

/// <summary>
/// The memory behind the tensors that are not disposed yet. The garbage collector sees 60 bytes of a tensor that holds
/// a gigabyte, so a loop that leaves its tensors to it would fill the memory before the first collection.
/// </summary>
/// <remarks>
/// GC.AddMemoryPressure does not fit: it adds up what was allocated and does not subtract what was disposed until it
/// collects, so a training loop that disposes everything would collect every few milliseconds. Here a collection comes
/// when what is held has grown by an allowance over what the program was last found to need: a quarter of that, so that
/// what is left behind stays small beside it, and at least 32 MiB, which takes longer to fill than to collect (a
/// collection of the youngest costs about 0.3 ms, filling 32 MiB some 10 ms). A program that really holds much is thus
/// asked rarely, one that leaves tensors behind in proportion to what it leaves.
/// </remarks>
internal static class NativeMemory
{
    private const long LeastAllowance = 32 * 1024;

    private static long held;
    private static long limit = LeastAllowance;
    private static int collecting;

    // Held when everything had last been collected, or less where a later collection left less. It does not follow what is
    // disposed: a training step frees all it made, and would then be collected at every step. In KiB, as all of these.
    private static long needed;

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
            // What a loop leaves behind is mostly young; a full collection only where that freed less than half of it.
            Finalize(generation: 0);
            if (Volatile.Read(ref held) > needed + Allowance / 2)
            {
                Finalize(generation: GC.MaxGeneration);
                needed = Volatile.Read(ref held);
            }
            needed = Math.Min(needed, Volatile.Read(ref held));
            Volatile.Write(ref limit, needed + Allowance);
        }
        finally
        {
            Volatile.Write(ref collecting, 0);
        }
    }

    private static long Allowance => Math.Max(LeastAllowance, needed / 4);

    private static void Finalize(int generation)
    {
        GC.Collect(generation);
        GC.WaitForPendingFinalizers();
    }
}
