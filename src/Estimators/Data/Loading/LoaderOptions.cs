namespace Fovea.Data;

/// <summary>How images are brought to the network during training: speed and memory. Threads and prefetch change no result.</summary>
public sealed record LoaderOptions
{
    /// <summary>Threads that decode and augment ahead of the training step, 1 to 64; 0 (default) takes as many as there are cores, at most 16.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Bytes that decoded images may keep between epochs; -1 (default) is a quarter of the free memory.
    /// Files beyond it are decoded again in each epoch. Images and bytes of a view that do not all fit are read from the view
    /// again in each epoch, shuffled by the view and in a pool of 1024 rows: another order than that of a set that fits.
    /// </summary>
    public long CacheBytes { get; init; } = -1;

    /// <summary>Batches made ahead of the training step, 1 to 64, default 2.</summary>
    public int Prefetch { get; init; } = 2;

    /// <summary>
    /// A folder for a file of decoded samples, beyond those that memory keeps; null (default) for none. The file is gone when the
    /// training is over, however it ends, unless it is kept. Nothing of what <see cref="Augmentation.RandomResizedCrop"/> cuts of
    /// files as the first step is cached, here or in memory: it decodes another part of the original each time.
    /// </summary>
    public string? DiskCache { get; init; }

    /// <summary>Bytes that the file may have; -1 (default) is half of what is free in its folder. Rows beyond it are decoded again in each epoch.</summary>
    public long DiskCacheBytes { get; init; } = -1;

    /// <summary>
    /// Keeps the file for the next run, with every row in it. It is used again when the same files, unchanged in size and time,
    /// are prepared in the same way, and rebuilt otherwise; a damaged record is decoded again. For images given by their paths.
    /// Default false.
    /// </summary>
    public bool KeepDiskCache { get; init; }

    /// <summary>What is done with an image or a mask that cannot be read. Default <see cref="OnCorrupt.Error"/>.</summary>
    public OnCorrupt OnCorrupt { get; init; }

    /// <summary>Every violated bound, with the value wanted and the value got.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Threads is < 0 or > 64)
            yield return $"The loader's threads must be 1 to 64, or 0 for as many as there are cores, but are {Threads}.";
        if (CacheBytes < -1)
            yield return $"The loader's cache must be 0 bytes or more, or -1 for a quarter of the free memory, but is {CacheBytes}.";
        if (Prefetch is < 1 or > 64)
            yield return $"The loader's prefetch must be 1 to 64 batches, but is {Prefetch}.";
        if (DiskCache is not null && string.IsNullOrWhiteSpace(DiskCache))
            yield return "The loader's disk cache must be a folder, or null for none, but is empty.";
        if (DiskCacheBytes < -1)
            yield return $"The loader's disk cache must be 0 bytes or more, or -1 for half of the free space, but is {DiskCacheBytes}.";
        if (KeepDiskCache && DiskCache is null)
            yield return $"A disk cache can be kept only where there is one; {nameof(DiskCache)} names no folder.";
        if (!Enum.IsDefined(OnCorrupt))
            yield return $"What the loader does with corrupt images must be one of {string.Join(", ", Enum.GetNames<OnCorrupt>())}, but is {(int)OnCorrupt}.";
    }

    internal int ThreadsToUse => Threads > 0 ? Threads : Math.Clamp(Environment.ProcessorCount, 1, 16);

    internal long CacheBytesToUse()
    {
        if (CacheBytes >= 0)
            return CacheBytes;
        var memory = GC.GetGCMemoryInfo();
        // MemoryLoadBytes is as of the last collection and 0 before the first.
        return Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes) / 4;
    }
}
