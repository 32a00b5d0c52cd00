using Fovea.Native;
using TorchSharp;

namespace Fovea.PowerShell;

/// <summary>The LibTorch that this process runs on, and what it makes of the machine.</summary>
public sealed class TorchRuntime
{
    private TorchRuntime() { }

    /// <summary>Its version; null where the TorchSharp package brings one, which does not tell.</summary>
    public Version? Version { get; private init; }

    /// <summary>Where it comes from: the native door of this module, or the TorchSharp package.</summary>
    public string Source { get; private init; } = "";

    /// <summary>The CPU kernels in use: DEFAULT, AVX2 or AVX512; null where the package does not tell.</summary>
    public string? CpuCapability { get; private init; }

    /// <summary>The processor's name for itself; null where the package does not tell.</summary>
    public string? CpuName { get; private init; }

    /// <summary>Threads that work on one operator.</summary>
    public int Threads { get; private init; }

    /// <summary>Cores available to the process.</summary>
    public int Cores { get; private init; }

    /// <summary>What makes bfloat16 fast here; null where the package does not tell, and bfloat16 cannot be used.</summary>
    public BFloat16Hardware? BFloat16 { get; private init; }

    /// <summary>The devices that Device takes.</summary>
    public IReadOnlyList<string> Devices { get; private init; } = [];

    /// <summary>Whether JPEG and PNG are decoded by the module's own codecs; else ML.NET decodes them, slower.</summary>
    public bool HasImageCodecs { get; private init; }

    /// <summary>BLAS and compiler; null where the package does not tell.</summary>
    public string? Build { get; private init; }

    /// <exception cref="Exception">No LibTorch can be loaded; of which kind depends on why.</exception>
    internal static TorchRuntime Describe()
    {
        // Without a door it must be the package's: asking it for its devices loads it, or says why not.
        var devices = DevicesHere();
        if (!LibTorch.IsAvailable)
            return new() { Source = "the TorchSharp package", Threads = torch.get_num_threads(), Cores = Environment.ProcessorCount, Devices = devices, HasImageCodecs = ImageCodec.IsAvailable };
        var torchHere = LibTorch.Describe();
        return new()
        {
            Version = torchHere.Version,
            Source = "the native door of this module",
            CpuCapability = torchHere.CpuCapability,
            CpuName = torchHere.CpuName,
            Threads = torchHere.Threads,
            Cores = torchHere.Cores,
            BFloat16 = torchHere.BFloat16,
            Devices = devices,
            HasImageCodecs = ImageCodec.IsAvailable,
            Build = torchHere.Build,
        };
    }

    private static string[] DevicesHere() => ["cpu", .. torch.cuda.is_available() ? Enumerable.Range(0, torch.cuda.device_count()).Select(i => $"cuda:{i}") : []];
}
