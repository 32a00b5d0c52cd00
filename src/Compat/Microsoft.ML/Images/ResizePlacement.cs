using static Microsoft.ML.Transforms.Image.ImageResizingEstimator;

namespace Microsoft.ML.Data;

/// <summary>Where in the target an image is drawn: a rectangle in pixels, which may reach beyond the target.</summary>
internal readonly record struct ResizePlacement(int X, int Y, int Width, int Height)
{
    /// <summary>As large as fits, in the middle; the rest stays black.</summary>
    public static ResizePlacement Pad(int sourceWidth, int sourceHeight, int width, int height)
    {
        float across = (float)width / sourceWidth, down = (float)height / sourceHeight, scale = Math.Min(across, down);
        return down < across
            ? new((int)((width - sourceWidth * scale) / 2), 0, (int)(sourceWidth * scale), (int)(sourceHeight * scale))
            : new(0, (int)((height - sourceHeight * scale) / 2), (int)(sourceWidth * scale), (int)(sourceHeight * scale));
    }

    /// <summary>As small as covers the target; what reaches beyond it on the side away from the anchor is lost.</summary>
    public static ResizePlacement Crop(int sourceWidth, int sourceHeight, int width, int height, Anchor anchor)
    {
        float across = (float)width / sourceWidth, down = (float)height / sourceHeight, scale = Math.Max(across, down);
        float restX = width - sourceWidth * scale, restY = height - sourceHeight * scale;
        var (x, y) = (down < across, anchor) switch
        {
            (true, Anchor.Top) => (0f, 0f),
            (true, Anchor.Bottom) => (0f, restY),
            (true, _) => (0f, restY / 2),
            (false, Anchor.Left) => (0f, 0f),
            (false, Anchor.Right) => (restX, 0f),
            (false, _) => (restX / 2, 0f),
        };
        return new((int)x, (int)y, (int)(sourceWidth * scale), (int)(sourceHeight * scale));
    }
}
