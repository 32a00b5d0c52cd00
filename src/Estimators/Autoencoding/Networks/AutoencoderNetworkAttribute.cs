using Fovea.Backbones;
using static TorchSharp.torch;

namespace Fovea.Autoencoding.Networks;

/// <summary>Stands on a member of <see cref="AutoencoderArchitecture"/> and builds that network: the one line that adds one.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal abstract class AutoencoderNetworkAttribute : Attribute
{
    /// <summary>The network with new weights. The caller's to dispose.</summary>
    public AutoencoderNetwork Create(AutoencoderNetworkInput input)
    {
        using var scope = NewDisposeScope();
        return Build(input);
    }

    /// <summary>The network of the class.</summary>
    protected abstract AutoencoderNetwork Build(AutoencoderNetworkInput input);

    /// <summary>The attribute of a member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such member.</exception>
    public static AutoencoderNetworkAttribute Of(AutoencoderArchitecture architecture) =>
        ArchitectureEnum.AttributeOf<AutoencoderArchitecture, AutoencoderNetworkAttribute>(architecture);
}

/// <summary>A network that is a class of its own.</summary>
internal sealed class AutoencoderNetworkAttribute<TNetwork> : AutoencoderNetworkAttribute
    where TNetwork : AutoencoderNetwork, IAutoencoderNetwork<TNetwork>
{
    protected override AutoencoderNetwork Build(AutoencoderNetworkInput input) => TNetwork.Create(input);
}
