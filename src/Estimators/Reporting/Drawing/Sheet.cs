using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>Pictures laid out with words, as pixels or as SVG.</summary>
internal abstract class Sheet
{
    /// <summary>What it is called where it cannot be seen.</summary>
    protected abstract string Name { get; }

    /// <summary>What it shows, for who cannot see it.</summary>
    protected abstract string Words { get; }

    /// <summary>The sheet as pixels.</summary>
    public Canvas Paint() => Draw((width, height) => new Canvas(width, height));

    /// <summary>The sheet as SVG: the pictures as they are painted, words and boxes as texts and shapes.</summary>
    public XElement ToSvg() => Draw((width, height) => new SvgPaper(width, height)).ToSvg(Name, Words);

    /// <summary>Writes an SVG or a PNG, as the file's ending has it, at once or not at all.</summary>
    /// <exception cref="ArgumentException">The path's extension is neither .svg nor .png.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) => PictureFile.Save(path, Paint, ToSvg);

    /// <summary>Lays the sheet out and draws it.</summary>
    /// <param name="paper">Gives white paper of a width and a height in pixels; asked for once.</param>
    /// <returns>The paper.</returns>
    protected abstract TPaper Draw<TPaper>(Func<int, int, TPaper> paper) where TPaper : IPaper;
}
