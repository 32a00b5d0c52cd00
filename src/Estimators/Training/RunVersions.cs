using System.Runtime.InteropServices;
using Fovea.Storage;
using TorchSharp;

namespace Fovea.Training;

/// <summary>What this process runs on.</summary>
internal static class RunVersions
{
    public static IReadOnlyDictionary<string, string> Current { get; } = new Dictionary<string, string>
    {
        ["fovea"] = ModelJson.LibraryVersion,
        ["libtorch"] = torch.__version__,
        ["dotnet"] = Environment.Version.ToString(),
        ["os"] = RuntimeInformation.OSDescription,
    };
}
