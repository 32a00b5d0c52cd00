namespace Fovea.Data;

/// <summary>A classifier whose features other rooms measure with.</summary>
internal interface IFeatureSource
{
    /// <summary>What the network wants to see.</summary>
    ImageInput Input { get; }

    /// <summary>Images together.</summary>
    int BatchSize { get; }

    /// <summary>Names of classes 0 .. K-1.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Listens to the network until it is disposed; nobody else is to predict with the model meanwhile.</summary>
    IFeatureSession OpenFeatures();
}
