using Fovea.Data;
using Microsoft.ML;

namespace Fovea;

/// <summary>What <c>ml.Vision</c> offers; each room's part has a file of its own.</summary>
public sealed partial class VisionCatalog
{
    private readonly MLContext _ml;

    internal VisionCatalog(MLContext ml) => _ml = ml;

    /// <summary>Image sets as data views.</summary>
    public VisionData Data { get; } = new();
}
