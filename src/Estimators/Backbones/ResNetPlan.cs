namespace Fovea.Backbones;

/// <summary>The blocks of a ResNet (He et al., 2015, table 1).</summary>
/// <param name="Bottleneck">Blocks of 1x1, 3x3, 1x1 instead of 3x3, 3x3.</param>
/// <param name="Blocks">Blocks of each of the four stages.</param>
internal sealed record ResNetPlan(bool Bottleneck, IReadOnlyList<int> Blocks)
{
    /// <summary>Maps a stage puts out for each of its width.</summary>
    public int Expansion => Bottleneck ? 4 : 1;

    /// <summary>Maps of <see cref="ResNet.Features"/>: after the first convolution and after each stage.</summary>
    public IReadOnlyList<long> Channels => [64, 64 * Expansion, 128 * Expansion, 256 * Expansion, 512 * Expansion];

    /// <param name="layers">18, 34, 50, 101 or 152.</param>
    public static ResNetPlan Of(int layers) => layers switch
    {
        18 => new(false, [2, 2, 2, 2]),
        34 => new(false, [3, 4, 6, 3]),
        50 => new(true, [3, 4, 6, 3]),
        101 => new(true, [3, 4, 23, 3]),
        152 => new(true, [3, 8, 36, 3]),
        _ => throw new ArgumentOutOfRangeException(nameof(layers), layers, "There are ResNets of 18, 34, 50, 101 and 152 layers."),
    };
}
