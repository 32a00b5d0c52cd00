namespace Fovea.Backbones;

/// <summary>A network that can be built from its input alone.</summary>
internal interface INetwork<out TSelf>
{
    static abstract TSelf Create(NetworkInput input);
}
