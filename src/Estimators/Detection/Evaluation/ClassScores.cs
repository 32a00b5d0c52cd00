namespace Fovea.Detection.Evaluation;

/// <summary>All predictions of a class in a set, from the highest score down, with what they are worth.</summary>
internal sealed class ClassScores
{
    private readonly double[] _scores;
    private readonly int[] _ranks;
    private readonly CocoHit[] _hits;
    private readonly VocVerdict[] _verdicts;
    private int _count;

    public ClassScores(int predictions)
    {
        (_scores, _ranks) = (new double[predictions], new int[predictions]);
        (_hits, _verdicts) = (new CocoHit[predictions], new VocVerdict[predictions]);
    }

    /// <summary>Objects there are, with those that do not count.</summary>
    public int Objects { get; set; }

    /// <summary>Objects that VOC counts.</summary>
    public int VocObjects { get; set; }

    /// <summary>Objects that count in each of COCO's ranges of areas.</summary>
    public int[] CocoObjects { get; } = new int[CocoMatching.Areas.Length];

    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>Place of each in its image, 0 for the highest score there.</summary>
    public ReadOnlySpan<int> Ranks => _ranks;

    public ReadOnlySpan<CocoHit> Hits => _hits;

    public ReadOnlySpan<VocVerdict> Verdicts => _verdicts;

    /// <summary>In the order of images, which settles equal scores.</summary>
    public void Add(double score, int rank, CocoHit hit, VocVerdict verdict)
    {
        (_scores[_count], _ranks[_count], _hits[_count], _verdicts[_count]) = (score, rank, hit, verdict);
        _count++;
    }

    /// <summary>Brings all of them into the order of scores; equal ones stay as they are.</summary>
    public void Sort()
    {
        var order = new int[_count];
        for (var i = 0; i < _count; i++)
            order[i] = i;
        var scores = _scores;
        Array.Sort(order, (i, j) => scores[j].CompareTo(scores[i]) is var c && c != 0 ? c : i.CompareTo(j));
        Reorder(_scores, order);
        Reorder(_ranks, order);
        Reorder(_hits, order);
        Reorder(_verdicts, order);
    }

    private static void Reorder<T>(T[] values, int[] order)
    {
        var before = (T[])values.Clone();
        for (var i = 0; i < order.Length; i++)
            values[i] = before[order[i]];
    }
}
