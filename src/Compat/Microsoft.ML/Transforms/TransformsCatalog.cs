using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The transforms; extension methods put them here.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog(IHostEnvironment environment) => Environment = environment;

    internal IHostEnvironment Environment { get; }
}
