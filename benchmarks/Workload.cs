namespace Fovea.Benchmarks;

/// <summary>What both sides run: training steps of a network with SGD and momentum on one batch of random pixels.</summary>
/// <param name="Steps">Steps a round: about a second.</param>
internal sealed record Workload(CnnArchitecture Network, int Batch, int Channels, int Size, int Classes, int Steps)
{
    public override string ToString() => $"{Network}, batch {Batch}, {Channels}x{Size}x{Size}";
}
