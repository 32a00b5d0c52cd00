using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>Generator and discriminator under one roof: what a model file holds.</summary>
internal sealed class GanNetwork : nn.Module<Tensor, Tensor>
{
    private readonly GanGenerator generator;
    private readonly GanDiscriminator discriminator;

    public GanNetwork(GanArchitecture architecture, GanNetworkInput input)
        : base(nameof(GanNetwork))
    {
        // What initializing leaves behind would hold its memory until the next collection.
        using var scope = NewDisposeScope();
        var attribute = GanNetworkAttribute.Of(architecture);
        generator = attribute.Generator(input);
        discriminator = attribute.Discriminator(input);
        RegisterComponents();
    }

    public GanGenerator Generator => generator;

    public GanDiscriminator Discriminator => discriminator;

    /// <inheritdoc cref="GanGenerator"/>
    public override Tensor forward(Tensor z) => generator.call(z);
}
