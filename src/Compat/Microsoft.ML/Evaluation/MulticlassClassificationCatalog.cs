using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Evaluation and cross-validation of classifiers.</summary>
public sealed class MulticlassClassificationCatalog : TrainCatalogBase
{
    internal MulticlassClassificationCatalog(IHostEnvironment environment) : base(environment) { }
}
