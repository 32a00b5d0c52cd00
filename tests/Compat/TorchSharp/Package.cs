using TorchSharp;

namespace Fovea.Tests.Compat;

/// <summary>Whether the tests run on the TorchSharp package itself.</summary>
internal static class Package
{
    public static bool IsUsed { get; } = typeof(torch).Assembly.GetName().Name == "TorchSharp";
}
