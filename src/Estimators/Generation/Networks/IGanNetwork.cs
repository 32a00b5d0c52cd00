namespace Fovea.Generation.Networks;

/// <summary>A generator or discriminator that can be built from its input alone.</summary>
internal interface IGanNetwork<out TSelf>
{
    static abstract TSelf Create(GanNetworkInput input);
}
