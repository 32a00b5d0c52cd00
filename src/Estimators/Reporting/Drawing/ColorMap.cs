using Fovea.Data;
using Fovea.Reporting;

namespace Fovea;

/// <summary>
/// The colors in which the classes of masks are drawn. A map of a data set names its classes, and draws a class in the color of its name
/// wherever it names all classes of a mask; else, as a map without names, in that of its index.
/// </summary>
public sealed class ColorMap
{
    private readonly Color[] _colors;

    /// <summary>A map of your own.</summary>
    /// <param name="colors">The color of each class in sRGB, 1 to 255.</param>
    /// <param name="classNames">The names of the first classes, at most as many as there are colors, each its own; null (default) for none.</param>
    /// <exception cref="ArgumentException">There are too few or too many colors or names, or a name is there twice.</exception>
    public ColorMap(IReadOnlyList<(byte Red, byte Green, byte Blue)> colors, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(colors);
        if (colors.Count is < 1 or > DistinctColors.Count)
            throw new ArgumentException($"A color map has 1 to {DistinctColors.Count} colors; {colors.Count} were given.", nameof(colors));
        ClassNames = classNames is null ? [] : [.. classNames];
        if (ClassNames.Count > colors.Count)
            throw new ArgumentException($"There are {ClassNames.Count} class names for {colors.Count} colors; give at most one for each.", nameof(classNames));
        if (ClassNames.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The class name '{twice.Key}' is there {twice.Count()} times; each class needs its own.", nameof(classNames));
        _colors = [.. colors.Select(c => new Color(c.Red, c.Green, c.Blue))];
    }

    /// <summary>
    /// Pascal VOC's 255 colors, with the names of its 21 classes: bit 7 − j of red, green and blue is bit 3·j, 3·j + 1 and 3·j + 2 of the
    /// index (Everingham et al., development kit, http://host.robots.ox.ac.uk/pascal/VOC/).
    /// </summary>
    public static ColorMap Voc { get; } = new([.. Enumerable.Range(0, DistinctColors.Count).Select(Interleaved)], VocMasks.Classes.Names) { Ignored = Interleaved(255) };

    /// <summary>CamVid's eleven classes in the colors of SegNet (Badrinarayanan et al., 2017, https://arxiv.org/abs/1511.00561); void is black.</summary>
    public static ColorMap CamVid { get; } = new(
        [
            (128, 128, 128), (128, 0, 0), (192, 192, 128), (128, 64, 128), (60, 40, 222), (128, 128, 0),
            (192, 128, 128), (64, 64, 128), (64, 0, 128), (64, 64, 0), (0, 128, 192),
        ], CamVidList.Classes.Names) { Ignored = (0, 0, 0) };

    /// <summary>The 19 classes that Cityscapes trains on (Cordts et al., 2016, https://arxiv.org/abs/1604.01685), by their train ids; the rest is black.</summary>
    public static ColorMap Cityscapes { get; } = new(
        [
            (128, 64, 128), (244, 35, 232), (70, 70, 70), (102, 102, 156), (190, 153, 153), (153, 153, 153), (250, 170, 30), (220, 220, 0), (107, 142, 35), (152, 251, 152),
            (70, 130, 180), (220, 20, 60), (255, 0, 0), (0, 0, 142), (0, 0, 70), (0, 60, 100), (0, 80, 100), (0, 0, 230), (119, 11, 32),
        ],
        [
            "road", "sidewalk", "building", "wall", "fence", "pole", "traffic light", "traffic sign", "vegetation", "terrain",
            "sky", "person", "rider", "car", "truck", "bus", "train", "motorcycle", "bicycle",
        ]) { Ignored = (0, 0, 0) };

    /// <summary>How many classes have a color.</summary>
    public int Count => _colors.Length;

    /// <summary>The names of the first classes; empty where the map has none.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The color of pixels that count nowhere; null (default) where the map has none.</summary>
    public (byte Red, byte Green, byte Blue)? Ignored { get; init; }

    /// <summary>The color of a class in sRGB.</summary>
    /// <param name="index">0 to below <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public (byte Red, byte Green, byte Blue) this[int index]
    {
        get
        {
            var color = Of(index);
            return (color.R, color.G, color.B);
        }
    }

    /// <summary>
    /// Colors for any data set, chosen to be told apart with any kind of color vision; a class keeps its color when others come after it.
    /// Up to seven are those of Okabe and Ito. Of 20 the nearest two still differ well (16 in CIE 1976, where 2.3 is just noticed), of 255 they
    /// barely do (3.9): what so many classes are, their outlines and names must tell.
    /// </summary>
    /// <param name="classes">1 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static ColorMap Default(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, DistinctColors.Count);
        return new([.. Enumerable.Range(0, classes).Select(DistinctColors.At).Select(c => (c.R, c.G, c.B))]);
    }

    /// <inheritdoc/>
    public override string ToString() => ClassNames.Count == 0 ? $"{Count} colors" : $"{Count} colors of {string.Join(", ", ClassNames.Take(3))}{(ClassNames.Count > 3 ? ", ..." : "")}";

    internal Color Of(int index) => (uint)index < (uint)Count ? _colors[index]
        : throw new ArgumentOutOfRangeException(nameof(index), $"The color map has the classes 0 to {Count - 1}; class {index} was asked for.");

    /// <summary>The colors of a mask's classes.</summary>
    /// <param name="classNames">Names of classes 0 .. K-1.</param>
    /// <exception cref="ArgumentException">One has no color.</exception>
    internal Color[] Of(IReadOnlyList<string> classNames)
    {
        var places = ClassNames.Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);
        if (places.Count > 0 && classNames.All(places.ContainsKey))
            return [.. classNames.Select(n => _colors[places[n]])];
        return classNames.Count <= Count ? _colors[..classNames.Count]
            : throw new ArgumentException($"Class {Count}, '{classNames[Count]}', has no color: the mask has {classNames.Count} classes, the color map {Count} colors. Give a map with a color for each, such as {nameof(ColorMap)}.{nameof(Default)}({classNames.Count}).");
    }

    /// <summary>For PNG: 256 colors of 3 bytes, the last of them <see cref="Ignored"/>; black where the map has none.</summary>
    internal byte[] ToPalette()
    {
        var palette = new byte[256 * 3];
        for (var k = 0; k < 256; k++)
            (palette[k * 3], palette[k * 3 + 1], palette[k * 3 + 2]) = k < Count ? this[k] : k == 255 && Ignored is { } ignored ? ignored : default;
        return palette;
    }

    private static (byte Red, byte Green, byte Blue) Interleaved(int index)
    {
        int r = 0, g = 0, b = 0;
        for (var bit = 7; bit >= 0; bit--, index >>= 3)
        {
            r |= (index & 1) << bit;
            g |= (index >> 1 & 1) << bit;
            b |= (index >> 2 & 1) << bit;
        }
        return ((byte)r, (byte)g, (byte)b);
    }
}
