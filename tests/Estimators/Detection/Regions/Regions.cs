using Fovea.Detection.Regions;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Regions;

internal static class Regions
{
    /// <summary>The script's regions, on a map whose positions are 4 pixels.</summary>
    public static PooledRegions Of(Tensor map)
    {
        var all = Numbers.Pooling.Regions;
        return PooledRegions.Of([map], [0.25], BoxesOf([.. all.Select(r => r[1..])]), tensor(all.Select(r => (long)r[0]).ToArray()), zeros(all.Length, ScalarType.Int64));
    }
}
