using System.Runtime.InteropServices;
using Fovea.Native;
using TorchSharp;

namespace Fovea.PowerShell;

/// <summary>Whether networks can run here, and where not, why and what to do about it.</summary>
public sealed class TorchRuntimeTest
{
    private TorchRuntimeTest() { }

    /// <summary>Whether LibTorch could be loaded and has computed something.</summary>
    public bool IsUsable { get; private init; }

    /// <summary>The system this ran on, as linux-x64.</summary>
    public string Platform { get; private init; } = RuntimeInformation.RuntimeIdentifier;

    /// <summary>What went wrong, in the loader's words; empty where nothing did.</summary>
    public string Problem { get; private init; } = "";

    /// <summary>What to install or set; empty where nothing is to be done.</summary>
    public string Advice { get; private init; } = "";

    /// <summary>What else is to be known: without the native door no bfloat16, without codecs slower decoding.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    internal static TorchRuntimeTest Run()
    {
        List<string> notes = [];
        if (ImageCodec.WhyNotAvailable is { } codecs)
            notes.Add($"JPEG and PNG are decoded by ML.NET, which is slower: {codecs}");
        try
        {
            using var scope = torch.NewDisposeScope();
            var four = (torch.ones(2, 2) + torch.ones(2, 2)).sum().item<float>();
            if (four != 8)
                return new() { Problem = $"2 x 2 ones and 2 x 2 ones add up to {four} instead of 8.", Advice = "This LibTorch computes wrongly; install another.", Notes = notes };
            if (LibTorch.WhyNotAvailable is { } door)
                notes.Add($"bfloat16 cannot be used: {door}");
            return new() { IsUsable = true, Notes = notes };
        }
        catch (Exception e) when (e is NativeException or DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException or NotSupportedException)
        {
            var root = e.GetBaseException();
            return new() { Problem = root.Message, Advice = NativeAdvice.For(root.Message), Notes = notes };
        }
    }
}
