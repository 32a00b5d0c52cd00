namespace Fovea.Reporting;

/// <summary>What colors mean: a swatch and a name each, in lines that fill a width.</summary>
internal sealed class Legend
{
    private const int Swatch = 12;
    private const int NameAt = Swatch + 6;
    private const int Between = 18;

    private readonly List<(string Name, Color Color, int X, int Line)> _entries = [];
    private readonly int _lines;

    /// <param name="entries">In their order; a name that is too long is shortened.</param>
    /// <param name="width">Pixels.</param>
    public Legend(IEnumerable<(string Name, Color Color)> entries, int width)
    {
        int x = 0, line = 0;
        foreach (var (name, color) in entries)
        {
            var shown = Lettering.Normal.Fit(name, width - NameAt);
            var needed = NameAt + Lettering.Normal.Measure(shown);
            if (x > 0 && x + needed > width)
                (x, line) = (0, line + 1);
            _entries.Add((shown, color, x, line));
            x += needed + Between;
        }
        _lines = _entries.Count == 0 ? 0 : line + 1;
    }

    private static int LineHeight => Lettering.Normal.LineHeight + 4;

    /// <summary>Pixels; 0 for no entries.</summary>
    public int Height => _lines * LineHeight;

    /// <summary>The width in which each entry has a line of its own and none is shortened.</summary>
    public static int WidthOf(IEnumerable<(string Name, Color Color)> entries) => entries.Select(e => NameAt + Lettering.Normal.Measure(e.Name)).DefaultIfEmpty(0).Max();

    /// <summary>Draws it with its upper left corner there.</summary>
    public void Draw(IPaper paper, int left, int top)
    {
        foreach (var (name, color, x, line) in _entries)
        {
            var (x0, y0) = (left + x, top + line * LineHeight);
            paper.Fill(x0, y0 + 2, x0 + Swatch, y0 + 2 + Swatch, color);
            paper.Outline(x0, y0 + 2, x0 + Swatch, y0 + 2 + Swatch, 1, Color.Faded, null);
            paper.Write(Lettering.Normal, x0 + NameAt, y0, name, Color.Ink);
        }
    }
}
