namespace Fovea.Reporting;

/// <summary>The pictures of a page as the data that its file holds, within a number of bytes.</summary>
internal sealed class PictureSet
{
    /// <summary>Thumbnails get no smaller than this; after that some are left out.</summary>
    private const int SmallestSide = 64;

    /// <summary>A sheet of many pictures may be so many times as large as a thumbnail.</summary>
    private const int SheetSides = 5;

    /// <summary>Pixels of a side that an enlarged small image may reach on the page.</summary>
    private const int EnlargedSide = 112;

    private readonly Dictionary<ReportPicture, Encoded> _pictures = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PictureGroup> _groups = new(ReferenceEqualityComparer.Instance);

    private PictureSet() { }

    private sealed record Encoded(string Source, int Width, int Height, bool IsEnlarged);

    /// <summary>Thumbnails are smaller than asked for.</summary>
    public bool IsShrunk { get; private init; }

    /// <summary>What the pictures may take.</summary>
    public long MostBytes { get; private init; }

    /// <summary>Every picture in its place, without its bytes.</summary>
    public static PictureSet Empty(ReportPage page)
    {
        var set = new PictureSet { IsShrunk = true };
        foreach (var group in Groups(page).SelectMany(g => g))
            set.Add(group, _ => new("", 1000, 1000, true));
        return set;
    }

    /// <param name="page">What is reported.</param>
    /// <param name="side">The longer side of a thumbnail, where there is room.</param>
    /// <param name="mostBytes">Of all pictures together, as the file holds them.</param>
    public static PictureSet Fit(ReportPage page, int side, long mostBytes)
    {
        var strips = Groups(page);
        var all = strips.SelectMany(s => s).ToList();
        for (var smaller = side; ; smaller = Math.Max(SmallestSide, smaller * 3 / 4))
        {
            var sizes = new Dictionary<PictureGroup, List<Encoded>>(ReferenceEqualityComparer.Instance);
            var total = 0L;
            foreach (var group in all)
                total += (sizes[group] = [.. group.Pictures.Select(p => Encode(p, smaller))]).Sum(e => (long)e.Source.Length);
            if (total > mostBytes && smaller > SmallestSide)
                continue;
            // Each strip gives up its last, the one that holds the most first.
            var kept = strips.Select(s => s.ToList()).ToList();
            while (total > mostBytes && kept.MaxBy(s => s.Sum(g => Bytes(sizes[g]))) is { Count: > 0 } largest)
            {
                total -= Bytes(sizes[largest[^1]]);
                largest.RemoveAt(largest.Count - 1);
            }
            var set = new PictureSet { IsShrunk = smaller < side, MostBytes = Math.Max(0, mostBytes) };
            foreach (var group in kept.SelectMany(s => s))
                set.Add(group, i => sizes[group][i]);
            return set;
        }
    }

    public bool Has(PictureGroup group) => _groups.Contains(group);

    /// <summary>The address that is the picture itself, and the size in which it is shown, in pixels.</summary>
    public (string Source, int Width, int Height) Of(ReportPicture picture) => _pictures[picture] is var e ? (e.Source, e.Width, e.Height) : default;

    /// <summary>Shown larger than it is, with its pixels as squares.</summary>
    public bool IsEnlarged(ReportPicture picture) => _pictures[picture].IsEnlarged;

    private static List<IReadOnlyList<PictureGroup>> Groups(ReportPage page) => [.. page.Sections.SelectMany(s => s.Parts).OfType<PicturesPart>().Select(p => p.Groups)];

    private static long Bytes(List<Encoded> pictures) => pictures.Sum(p => (long)p.Source.Length);

    private void Add(PictureGroup group, Func<int, Encoded> encoded)
    {
        _groups.Add(group);
        foreach (var (i, picture) in group.Pictures.Index())
            _pictures[picture] = encoded(i);
    }

    private static Encoded Encode(ReportPicture picture, int side)
    {
        var canvas = picture.Canvas.Shrunk(picture.IsSheet ? side * SheetSides : side);
        var longer = Math.Max(canvas.Width, canvas.Height);
        var factor = picture.IsSheet ? 1 : Math.Max(1, EnlargedSide / longer);
        return new(PictureData.Of(canvas), canvas.Width * factor, canvas.Height * factor, factor > 1);
    }
}
