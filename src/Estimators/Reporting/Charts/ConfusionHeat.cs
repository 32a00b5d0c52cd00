using Fovea.Data;

namespace Fovea.Reporting;

/// <summary>
/// A confusion matrix of many classes as a picture, a square of pixels for each cell, or where there are more classes than
/// <see cref="MostPixels"/> a pixel for a square of cells, which shows the strongest of them.
/// </summary>
internal sealed class ConfusionHeat
{
    private const int MostPixels = 1024;
    private const int Strengths = 100;

    /// <summary>Cells of fewer pixels are at least so strong where there is anything, as one would not see them else.</summary>
    private const int FewPixels = 3;
    private const double Least = 0.6;

    private readonly byte[] _indices; // (side, side): 0 nothing, 1 to 100 right, 101 to 200 wrong

    /// <param name="classes">K.</param>
    /// <param name="width">Pixels to stay within where K allows it.</param>
    /// <param name="strength">Of the cell of a true and a predicted class, 0 to 1.</param>
    public ConfusionHeat(int classes, double width, Func<int, int, double> strength)
    {
        var block = (classes + MostPixels - 1) / MostPixels;
        var blocks = (classes + block - 1) / block;
        var scale = Math.Max(1, (int)width / blocks);
        Side = blocks * scale;
        Cell = (double)scale / block;
        _indices = new byte[Side * Side];
        var cells = new byte[blocks * blocks];
        for (var truth = 0; truth < classes; truth++)
            for (var predicted = 0; predicted < classes; predicted++)
            {
                var strong = strength(truth, predicted);
                var level = (int)Math.Round(Strengths * (scale < FewPixels && strong > 0 ? Math.Max(Least, strong) : strong));
                ref var cell = ref cells[truth / block * blocks + predicted / block];
                if (level > (cell == 0 ? 0 : (cell - 1) % Strengths + 1))
                    cell = (byte)(level + (truth == predicted ? 0 : Strengths));
            }
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                _indices[y * Side + x] = cells[y / scale * blocks + x / scale];
    }

    /// <summary>Pixels of a side.</summary>
    public int Side { get; }

    /// <summary>Pixels from a class to the next.</summary>
    public double Cell { get; }

    /// <summary>The picture as a file of its own within a text, transparent where nothing is.</summary>
    public string ToDataUri()
    {
        var (palette, opacities) = (new byte[3 * (2 * Strengths + 1)], new byte[2 * Strengths + 1]);
        for (var index = 1; index < opacities.Length; index++)
        {
            var (color, strength) = Look((byte)index);
            (palette[3 * index], palette[3 * index + 1], palette[3 * index + 2], opacities[index]) = (color.R, color.G, color.B, (byte)Math.Round(255 * strength));
        }
        using var file = new MemoryStream();
        IndexPngWriter.Write(file, _indices, Side, Side, palette, opacities);
        return "data:image/png;base64," + Convert.ToBase64String(file.GetBuffer(), 0, (int)file.Length);
    }

    /// <summary>The color of a pixel, and how strong it is, 0 to 1.</summary>
    public (Color Color, double Strength) At(int x, int y) => Look(_indices[y * Side + x]);

    // The colors of fv-right and fv-wrong on light ground; on dark ground fv-heat lights them up.
    private static (Color Color, double Strength) Look(byte index) => index == 0 ? (Color.White, 0)
        : (DistinctColors.At(index <= Strengths ? 4 : 5), (double)((index - 1) % Strengths + 1) / Strengths);
}
