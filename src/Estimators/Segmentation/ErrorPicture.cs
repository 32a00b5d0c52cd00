using Fovea.Data;
using Fovea.Reporting;

namespace Fovea.Segmentation;

/// <summary>Where a prediction is wrong: there in orange, elsewhere the image, grey and dim.</summary>
internal static class ErrorPicture
{
    /// <summary>Vermilion, far brighter than the dim image for any kind of color vision.</summary>
    public static Color Wrong { get; } = new(255, 110, 30);

    /// <summary>Twice as bright as the brightest of what is dim.</summary>
    public static Color Ignored { get; } = new(168, 168, 168);

    /// <summary>The image's black and its white: dark photographs must not vanish.</summary>
    private const double Darkest = 14, Brightest = 84;

    /// <param name="image">(H, W).</param>
    /// <param name="truth">Class indices, (H, W).</param>
    /// <param name="predicted">Class indices, (H, W).</param>
    public static Canvas Of(Canvas image, ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted)
    {
        var picture = new Canvas(image.Width, image.Height);
        for (var i = 0; i < truth.Length; i++)
        {
            var (x, y) = (i % image.Width, i / image.Width);
            var below = image[x, y];
            var grey = (byte)(Darkest + (Brightest - Darkest) / 255 * (0.299 * below.R + 0.587 * below.G + 0.114 * below.B));
            var color = truth[i] == Sample.Ignored || predicted[i] == Sample.Ignored ? Ignored : truth[i] != predicted[i] ? Wrong : new Color(grey, grey, grey);
            picture.Fill(x, y, x + 1, y + 1, color);
        }
        return picture;
    }
}
