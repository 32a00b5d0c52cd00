using Fovea.Data;
using Fovea.Reporting;

namespace Fovea.Segmentation;

/// <summary>Draws masks over images. May be called by several threads at once.</summary>
internal sealed class OverlayPainter
{
    /// <summary>White around the legend.</summary>
    private const int Padding = 8;

    /// <summary>A picture narrower than its legend's entries grows up to here.</summary>
    private const int WidestGrown = 240;

    private const string Background = "background";

    private readonly OverlayOptions _options;
    private readonly IReadOnlyList<string> _classNames;

    /// <summary>By class, with what counts nowhere at its index; null for what stays clear.</summary>
    private readonly Color?[] _colors = new Color?[256];

    /// <exception cref="ArgumentException">A class has no color, or one is to be clear that does not exist.</exception>
    public OverlayPainter(OverlayOptions options, IReadOnlyList<string> classNames)
    {
        (_options, _classNames) = (options, classNames);
        var clear = options.ClearClasses ?? [Background];
        if (options.ClearClasses is not null && clear.FirstOrDefault(c => !classNames.Contains(c)) is { } unknown)
            throw new ArgumentException($"{nameof(OverlayOptions.ClearClasses)} has '{unknown}', which is no class of the mask column '{options.MaskColumn}'. The classes are {string.Join(", ", classNames)}.");
        var colors = (options.Colors ?? ColorMap.Default(classNames.Count)).Of(classNames);
        for (var k = 0; k < classNames.Count; k++)
            _colors[k] = clear.Contains(classNames[k]) ? null : colors[k];
        if (options.ColorsIgnored && options.Colors?.Ignored is { } ignored)
            _colors[Sample.Ignored] = new Color(ignored.Red, ignored.Green, ignored.Blue);
    }

    /// <param name="image">(H, W); drawn on.</param>
    /// <param name="mask">Class of each pixel, (H, W).</param>
    public Canvas Paint(Canvas image, ReadOnlySpan<byte> mask)
    {
        image.DrawMask(mask, image.Width, image.Height, 0, 0, image.Width, image.Height, _colors, _options.Opacity);
        MaskOutlines.Draw(image, mask, _colors, _options.OutlineWidth);
        var entries = Entries(mask);
        if (entries.Count == 0)
            return image;
        var width = Math.Max(image.Width, Math.Min(Legend.WidthOf(entries) + 2 * Padding, WidestGrown));
        var legend = new Legend(entries, width - 2 * Padding);
        var picture = new Canvas(width, image.Height + Padding + legend.Height + Padding / 2);
        picture.Draw(image, 0, 0, image.Width, image.Height);
        legend.Draw(picture, Padding, image.Height + Padding);
        return picture;
    }

    private List<(string Name, Color Color)> Entries(ReadOnlySpan<byte> mask)
    {
        var shown = new bool[256];
        if (_options.Legend == OverlayLegend.PresentClasses)
            foreach (var k in mask)
                shown[k] = true;
        else
            shown.AsSpan(0, _classNames.Count).Fill(_options.Legend == OverlayLegend.AllClasses);
        return [.. _classNames.Index().Where(c => shown[c.Index] && _colors[c.Index] is not null).Select(c => (c.Item, _colors[c.Index]!.Value))];
    }
}
