namespace Microsoft.ML.Runtime;

/// <summary>What components need from the world: a seed, a log, the catalog of components.</summary>
public interface IHostEnvironment : IChannelProvider, IProgressChannelProvider
{
    ComponentCatalog ComponentCatalog { get; }

    IHost Register(string name, int? seed = null, bool? verbose = null);
}
