namespace Fovea.Benchmarks;

/// <summary>Two sides that ran in turn: how many a second each, and the ratio of neighboring rounds.</summary>
internal sealed record Comparison(Measurement Fovea, Measurement Peer, Measurement Ratio)
{
    /// <param name="ours">Fovea's side.</param>
    /// <param name="peer">The other.</param>
    /// <param name="rounds">How often they take turns.</param>
    /// <param name="runs">Runs of a turn of ours.</param>
    /// <param name="perRun">What is counted, of one run.</param>
    /// <param name="warmUp">Runs of each side before the first turn.</param>
    /// <param name="peerRuns">Runs of a turn of the other; null for as many.</param>
    public static Comparison Alternate(SideProcess ours, SideProcess peer, int rounds, int runs, int perRun, int warmUp, int? peerRuns = null)
    {
        var (mine, theirs) = (new List<double>(), new List<double>());
        if (warmUp > 0)
        {
            ours.Run(warmUp);
            peer.Run(warmUp);
        }
        var theirRuns = peerRuns ?? runs;
        for (var round = 0; round < rounds; round++)
        {
            mine.Add(perRun * runs / ours.Run(runs));
            theirs.Add(perRun * theirRuns / peer.Run(theirRuns));
        }
        return new(Measurement.Of(mine), Measurement.Of(theirs), Measurement.Of(mine.Zip(theirs, (m, t) => m / t)));
    }
}
