using System.Globalization;
using Fovea.Reporting;

namespace Fovea.Data;

/// <summary>
/// Shows what an augmentation makes of samples: each original, then what it may become. The random numbers are those of
/// training (seed, epoch, row); steps that mix the images of a batch are left out. For one thread.
/// </summary>
/// <param name="originals">The rows and their tiles; a mosaic takes its other images from among them.</param>
/// <param name="classNames">Of the boxes' labels.</param>
/// <param name="options">The augmentation, how many variants, of what size.</param>
internal sealed class AugmentedTiles(IReadOnlyList<(long Row, SheetTile Tile)> originals, IReadOnlyList<string> classNames, ContactSheetOptions options) : ISampleSource
{
    private readonly Sample _sample = new(3);
    private readonly RowRandom _random = new();

    int ISampleSource.Count => originals.Count;

    void ISampleSource.Read(int index, Sample into) => Begin(originals[index].Tile, into);

    /// <summary>Every original and its variants.</summary>
    public IEnumerable<SheetTile> Make()
    {
        foreach (var (row, original) in originals)
        {
            yield return original;
            for (var variant = 1; variant <= options.Variants; variant++)
            {
                Begin(original, _sample);
                _random.Seed(options.Seed, variant, row);
                options.Augmentation!.Apply(_sample, this, _random);
                yield return Tile(original, string.Create(CultureInfo.InvariantCulture, $"variant {variant}"));
            }
        }
    }

    private void Begin(SheetTile tile, Sample into)
    {
        var (width, height) = options.InputSize is { } size ? (size.Width, size.Height) : (tile.Picture.Width, tile.Picture.Height);
        into.Begin(height, width, tile.Mask is not null);
        var scaled = new Canvas(width, height);
        scaled.Draw(tile.Picture, 0, 0, width, height);
        scaled.Pixels.CopyTo(into.Pixels);
        if (tile.Mask is { } mask)
            for (var i = 0; i < into.Mask.Length; i++)
                into.Mask[i] = mask.Classes[(int)((i / width + 0.5) * mask.Height / height) * mask.Width + (int)((i % width + 0.5) * mask.Width / width)];
        var (scaleX, scaleY) = ((float)width / tile.Picture.Width, (float)height / tile.Picture.Height);
        foreach (var box in tile.Boxes.Where(b => b.X1 > b.X0 && b.Y1 > b.Y0)) // as in training, where others are refused
            into.Boxes.Add(new SampleBox(box.X0 * scaleX, box.Y0 * scaleY, box.X1 * scaleX, box.Y1 * scaleY, box.Class));
    }

    private SheetTile Tile(SheetTile original, string caption) => new()
    {
        Picture = new Canvas(_sample.Width, _sample.Height, 3, _sample.Pixels),
        Caption = [caption],
        Mask = original.Mask is { } mask ? mask with { Classes = _sample.Mask.ToArray(), Width = _sample.Width, Height = _sample.Height } : null,
        Boxes = [.. _sample.Boxes.Select(b => new TileBox(b.X0, b.Y0, b.X1, b.Y1, b.Label >= 0 && b.Label < classNames.Count ? classNames[b.Label] : null, ClassColors.Of(b.Label)) { Class = b.Label })],
    };
}
