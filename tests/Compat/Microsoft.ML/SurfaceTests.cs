using System.Diagnostics;
using Microsoft.ML;

namespace Fovea.Tests.Compat;

public sealed class SurfaceTests
{
    /// <summary>The checker and the listing of the packages' public members lie in the folder of shared data.</summary>
    [SkippableFact]
    public void MicrosoftML_PublicMembers_AreAllInTheListing()
    {
        var library = typeof(MLContext).Assembly;
        Skip.If(library.GetName().Name!.StartsWith("Microsoft.ML", StringComparison.Ordinal), "built on the package itself");
        string folder = TestData.Shared("api");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "run", Path.Combine(folder, "apisurface.cs"), "--", "conform", Path.Combine(folder, "Microsoft.ML-5.0.0.txt"), library.Location })
            start.ArgumentList.Add(argument);
        // A test host's own MSBuild settings would reach the checker's build.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        using var checker = Process.Start(start)!;
        var errors = checker.StandardError.ReadToEndAsync();
        string report = checker.StandardOutput.ReadToEnd();
        checker.WaitForExit();

        Assert.True(checker.ExitCode == 0, report + errors.Result);
    }
}
