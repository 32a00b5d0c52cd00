using System.Diagnostics;
using TorchSharp;

namespace Fovea.Tests.Compat;

public sealed class SurfaceTests
{
    /// <summary>The checker and the listing of the package's public members lie in the folder of shared data.</summary>
    [SkippableFact]
    public void TorchSharp_PublicMembers_AreAllInTheListing()
    {
        var library = typeof(torch).Assembly;
        Skip.If(Package.IsUsed, "built on the package itself");
        var folder = TestData.Shared("api");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["run", Path.Combine(folder, "apisurface.cs"), "--", "conform", Path.Combine(folder, "TorchSharp-0.106.0.txt"), library.Location];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // A test host's own MSBuild settings would reach the checker's build.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        using var checker = Process.Start(start)!;
        var errors = checker.StandardError.ReadToEndAsync();
        var report = checker.StandardOutput.ReadToEnd();
        checker.WaitForExit();

        Assert.True(checker.ExitCode == 0, report + errors.Result);
    }
}
