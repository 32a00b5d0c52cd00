using Fovea.Backbones;

namespace Fovea.Generation.Networks;

/// <summary>Stands on a member of <see cref="GanArchitecture"/> and builds its two networks: the one line that adds an architecture.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal abstract class GanNetworkAttribute : Attribute
{
    /// <summary>Height and width from which on it makes images, pixels.</summary>
    public int SmallestSide { get; init; } = 1;

    /// <summary>Height and width up to which it makes images, pixels.</summary>
    public int LargestSide { get; init; } = 64;

    /// <summary>The generator with new weights.</summary>
    public abstract GanGenerator Generator(GanNetworkInput input);

    /// <summary>The discriminator with new weights.</summary>
    public abstract GanDiscriminator Discriminator(GanNetworkInput input);

    /// <summary>The attribute of a member.</summary>
    public static GanNetworkAttribute Of(GanArchitecture architecture) => ArchitectureEnum.AttributeOf<GanArchitecture, GanNetworkAttribute>(architecture);
}

/// <summary>Two classes.</summary>
internal sealed class GanNetworkAttribute<TGenerator, TDiscriminator> : GanNetworkAttribute
    where TGenerator : GanGenerator, IGanNetwork<TGenerator>
    where TDiscriminator : GanDiscriminator, IGanNetwork<TDiscriminator>
{
    public override GanGenerator Generator(GanNetworkInput input) => TGenerator.Create(input);

    public override GanDiscriminator Discriminator(GanNetworkInput input) => TDiscriminator.Create(input);
}
