namespace Fovea.Benchmarks;

/// <summary>One line of a <see cref="StepBench"/>: a precision of Fovea's, and how PyTorch runs beside it.</summary>
/// <param name="Fovea">Its precision.</param>
/// <param name="PyTorch">As its script takes it.</param>
internal sealed record StepPair(Precision Fovea, string PyTorch)
{
    /// <summary>Preloaded into PyTorch's process, as a user who measures allocators does it; null for none.</summary>
    public string? Preload { get; init; }

    /// <summary>The same precision on both sides.</summary>
    public static StepPair[] Same { get; } = [new(Precision.BFloat16, "bfloat16"), new(Precision.Float32, "float32")];

    /// <summary>Against PyTorch as it is out of the box, and as the best of its settings makes it, with its own allocator and with tcmalloc.</summary>
    public static StepPair[] DefaultAndBest { get; } =
    [
        new(Precision.Float32, "default"), new(Precision.BFloat16, "default"), new(Precision.BFloat16, "best"),
        new(Precision.BFloat16, "best") { Preload = "/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4" },
    ];

    /// <summary>Of predictions: each precision, and what <see cref="Precision.Auto"/> makes of it against PyTorch in the ways of <see cref="DefaultAndBest"/>.</summary>
    public static StepPair[] Predictions { get; } =
        [.. DefaultAndBest[..2], new(Precision.Auto, "default"), .. DefaultAndBest[2..].Select(p => p with { Fovea = Precision.Auto })];

    public override string ToString()
    {
        var mine = Fovea.ToString().ToLowerInvariant();
        return mine == PyTorch ? mine : $"{mine}, {Peer}";
    }

    /// <summary>PyTorch's side in words.</summary>
    public string Peer => $"PyTorch {PyTorch}{(Preload is null ? "" : " with tcmalloc")}";
}
