using System.Reflection;

namespace Fovea.Tests;

/// <summary>Where tests find what is not compiled into them.</summary>
internal static class TestData
{
    /// <summary>The repository's root, written into the assembly by the build.</summary>
    public static string Root { get; } = typeof(TestData).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FoveaRoot").Value!;

    /// <summary>A file of <c>tests/Reference</c>: numbers PyTorch made, beside the script that made them.</summary>
    public static string Reference(string file) => Path.Combine(Root, "tests", "Reference", file);

    /// <summary>A path below the folder of real image sets (FOVEA_SHARED, or <c>shared</c> beside the repository); skips the test where it is absent.</summary>
    public static string Shared(string path)
    {
        var folder = Environment.GetEnvironmentVariable("FOVEA_SHARED") ?? Path.Combine(Root, "..", "shared");
        var full = Path.GetFullPath(Path.Combine(folder, path));
        Skip.IfNot(Path.Exists(full), $"{path} is not in the folder of shared data");
        return full;
    }
}
