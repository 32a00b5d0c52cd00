using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>Stands on a member of an architecture enum and builds that network: the one line that adds an architecture.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal abstract class NetworkAttribute : Attribute
{
    /// <summary>Height and width in pixels of the images it was designed for; used when the options name none.</summary>
    public int DefaultSize { get; init; } = 224;

    /// <summary>The smallest height and width it can take.</summary>
    public int MinimumSize { get; init; } = 1;

    /// <returns>(N, C, H, W) float32 to logits (N, K) float32. The caller's to dispose.</returns>
    public nn.Module<Tensor, Tensor> Create(NetworkInput input)
    {
        // A module takes its parameters and buffers out of the scope; what initializing them leaves behind would hold their memory until the next collection.
        using var scope = NewDisposeScope();
        return Build(input);
    }

    /// <summary>The network with new weights.</summary>
    protected abstract nn.Module<Tensor, Tensor> Build(NetworkInput input);

    /// <summary>The attribute of an enum member.</summary>
    public static NetworkAttribute Of<TArchitecture>(TArchitecture architecture)
        where TArchitecture : struct, Enum =>
        ArchitectureEnum.AttributeOf<TArchitecture, NetworkAttribute>(architecture);
}

/// <summary>A network that is a class of its own.</summary>
internal sealed class NetworkAttribute<TNetwork> : NetworkAttribute
    where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
{
    protected override nn.Module<Tensor, Tensor> Build(NetworkInput input) => TNetwork.Create(input);
}
