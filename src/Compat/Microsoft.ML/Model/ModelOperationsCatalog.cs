using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Saving and loading models, and predicting one example at a time.</summary>
public sealed class ModelOperationsCatalog
{
    internal ModelOperationsCatalog(IHostEnvironment environment) => Environment = environment;

    internal IHostEnvironment Environment { get; }
}
