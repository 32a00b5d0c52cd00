namespace Fovea.Reporting;

/// <summary>Draws the picture of a tile with its mask and boxes.</summary>
internal static class TilePainter
{
    private const int LabelPadding = 2;

    /// <summary>Of the line between two classes of an opaque mask.</summary>
    private const int EdgeCoverage = 200;

    /// <summary>The largest size, in the image's own proportions, that fits a square; a small image is enlarged by a whole factor.</summary>
    public static (int Width, int Height) Size(Canvas picture, int side)
    {
        var scale = (double)side / Math.Max(picture.Width, picture.Height);
        if (scale >= 1)
            scale = Math.Floor(scale);
        return (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
    }

    /// <summary>The tile's picture with mask and boxes as a picture of its own, its longer side at most as given.</summary>
    public static Canvas Paint(SheetTile tile, int side)
    {
        var (width, height) = Size(tile.Picture, side);
        var canvas = new Canvas(width, height);
        Draw(canvas, tile, 0, 0, width, height);
        return canvas;
    }

    /// <summary>Draws the tile's picture with mask and boxes into a rectangle.</summary>
    public static void Draw(IPaper paper, SheetTile tile, int x, int y, int width, int height) =>
        // A part of its own, so that a box that leaves the image ends at its edge.
        paper.Part(x, y, width, height, string.Join("; ", tile.Caption), part =>
        {
            part.Draw(tile.Mask is { } mask ? Masked(tile.Picture, mask, width, height) : tile.Picture, 0, 0, width, height);
            DrawBoxes(part, tile, width, height);
        });

    private static Canvas Masked(Canvas picture, TileMask mask, int width, int height)
    {
        var masked = new Canvas(width, height);
        masked.Draw(picture, 0, 0, width, height);
        masked.DrawMask(mask.Classes, mask.Width, mask.Height, 0, 0, width, height, mask.Colors, mask.Opacity);
        if ((mask.Width, mask.Height) == (width, height))
            masked.DrawMaskEdges(mask.Classes, (int)(mask.Opacity * EdgeCoverage));
        return masked;
    }

    private static void DrawBoxes(IPaper picture, SheetTile tile, int pictureWidth, int pictureHeight)
    {
        var (scaleX, scaleY) = ((double)pictureWidth / tile.Picture.Width, (double)pictureHeight / tile.Picture.Height);
        // Small ones last, so that a large one does not cover them.
        var boxes = tile.Boxes.Where(b => float.IsFinite(b.X0) && float.IsFinite(b.Y0) && float.IsFinite(b.X1) && float.IsFinite(b.Y1))
            .Select(b => (Box: b, X0: Pixel(Math.Min(b.X0, b.X1) * scaleX), Y0: Pixel(Math.Min(b.Y0, b.Y1) * scaleY), X1: Pixel(Math.Max(b.X0, b.X1) * scaleX), Y1: Pixel(Math.Max(b.Y0, b.Y1) * scaleY)))
            .OrderByDescending(b => (long)(b.X1 - b.X0) * (b.Y1 - b.Y0)).ToList();
        // Lines and letters grow with a picture that is drawn on in its own size.
        var side = Math.Min(pictureWidth, pictureHeight);
        var thickness = side >= 160 ? Math.Max(2, side / 300) : 1;
        var lettering = side >= 1200 ? Lettering.Title : side >= 600 ? Lettering.Normal : Lettering.Small;
        foreach (var (box, x0, y0, x1, y1) in boxes)
        {
            // A dark line around it keeps a light color visible on a light image; a box without area still shows.
            picture.Outline(x0 - 1, y0 - 1, Math.Max(x1, x0 + 2) + 1, Math.Max(y1, y0 + 2) + 1, 1, Color.Black, null);
            picture.Outline(x0, y0, Math.Max(x1, x0 + 2), Math.Max(y1, y0 + 2), thickness, box.Color, box.Text.Length > 0 ? box.Text : null);
        }
        // The best scored, then the largest box gets its label first; one that would cover another is left out.
        var taken = new List<(int X0, int Y0, int X1, int Y1)>();
        foreach (var (box, x0, y0, x1, y1) in boxes.OrderByDescending(b => b.Box.Score ?? 0))
        {
            var text = box.Text;
            if (text.Length == 0)
                continue;
            var width = lettering.Measure(text) + 2 * LabelPadding;
            var height = lettering.LineHeight;
            var x = Math.Clamp(x0, 0, Math.Max(0, pictureWidth - width));
            (int X, int Y)[] places = [(x, y0 - height), (x, y0), (x, y1), (x, y1 - height)];
            foreach (var (left, top) in places)
            {
                if (top < 0 || top + height > pictureHeight || width > pictureWidth || taken.Any(t => t.X0 < left + width && left < t.X1 && t.Y0 < top + height && top < t.Y1))
                    continue;
                taken.Add((left, top, left + width, top + height));
                picture.Fill(left, top, left + width, top + height, box.Color);
                picture.Write(lettering, left + LabelPadding, top, text, box.Color.Readable);
                break;
            }
        }

        static int Pixel(double value) => (int)Math.Round(Math.Clamp(value, -1e6, 1e6));
    }
}
