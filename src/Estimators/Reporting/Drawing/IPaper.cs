namespace Fovea.Reporting;

/// <summary>What a sheet is drawn on, so that one layout serves every kind of file. Places are pixels from the upper left.</summary>
internal interface IPaper
{
    /// <summary>Fills a rectangle, half-open.</summary>
    void Fill(int x0, int y0, int x1, int y1, Color color);

    /// <summary>The edge of a rectangle, half-open, within it.</summary>
    /// <param name="x0">Left side.</param>
    /// <param name="y0">Top.</param>
    /// <param name="x1">Right side.</param>
    /// <param name="y1">Bottom.</param>
    /// <param name="thickness">At least 1.</param>
    /// <param name="color">Of the edge.</param>
    /// <param name="words">What it surrounds, for paper that tells it where the pointer rests; null for nothing.</param>
    void Outline(int x0, int y0, int x1, int y1, int thickness, Color color, string? words);

    /// <summary>Writes a line.</summary>
    /// <param name="lettering">Its size.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="y">The line's top.</param>
    /// <param name="text">As <see cref="Lettering.Fit"/> gives it, or known to fit.</param>
    /// <param name="color">Of the letters. <see cref="Color.Ink"/> and <see cref="Color.Faded"/> are for the ground of the sheet, whichever color that has.</param>
    void Write(Lettering lettering, int x, int y, string text, Color color);

    /// <summary>Puts a picture into a rectangle, scaled: smaller by an antialiased filter, larger by repeating its pixels.</summary>
    void Draw(Canvas picture, int x, int y, int width, int height);

    /// <summary>Draws on paper of its own that is laid into a rectangle; what leaves it is cut off.</summary>
    /// <param name="x">Left side.</param>
    /// <param name="y">Top.</param>
    /// <param name="width">At least 1.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="words">What it shows, for paper that tells it where the pointer rests; "" for nothing.</param>
    /// <param name="draw">Is given the paper.</param>
    void Part(int x, int y, int width, int height, string words, Action<IPaper> draw);
}
