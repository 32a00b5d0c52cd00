using Fovea.Data;
using Fovea.Segmentation.Networks;
using Fovea.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>From decoded images to masks of the originals' size. May be called by several threads at once.</summary>
internal sealed class SegmentationPredictor(SegmentationNetwork network, PixelNormalizer normalizer, SegmentationModel model, int classes, Device device, Precision precision)
{
    private readonly TiledPrediction _tiles = new(model.Options.TileSize / network.Stride * network.Stride, model.Options.TileOverlap, network.Stride);
    private readonly bool _wantsProbabilities = model.Options.ProbabilityColumn is not null;

    /// <param name="images">(H, W, C) each, uint8, all of one size.</param>
    /// <param name="placements">How the originals lie in them.</param>
    public SegmentationPrediction[] Predict(IReadOnlyList<byte[]> images, IReadOnlyList<ImagePlacement> placements)
    {
        var (height, width) = (placements[0].Height, placements[0].Width);
        using var frozen = no_grad();
        if (Math.Max(height, width) > model.Options.TileSize)
            return [.. images.Zip(placements, InTiles)];

        using var scope = NewDisposeScope();
        var pixels = stack([.. images.Select(p => tensor(p, [height, width, model.Input.Channels], ScalarType.Byte))]).permute(0, 3, 1, 2); // (N, C, H, W)
        var probabilities = Probabilities(pixels).cpu();                                    // (N, K, H, W)
        return [.. placements.Select((placement, n) => Restore(probabilities[n], placement))];
    }

    /// <param name="pixels">(N, C, H, W), uint8, on the CPU.</param>
    /// <returns>(N, K, H, W), float32, on the device, adding up to 1 over the classes.</returns>
    private Tensor Probabilities(Tensor pixels)
    {
        pixels = pixels.to(device);
        var views = model.Options.TestTime;
        if (views.Views == 1)
            return Plain(pixels);
        var input = model.Input with { Height = (int)pixels.size(2), Width = (int)pixels.size(3) };
        return TestTimePrediction.Maps(pixels, views.ViewsOf(input), views.Combination, Plain).to(ScalarType.Float32);
    }

    private Tensor Plain(Tensor pixels)
    {
        var images = normalizer.Normalize(pixels);                                          // (N, C, H, W) float32
        using (MixedPrecision.Enter(precision, device))
            images = StridePadding.Run(images, network.call, network.Stride, network.MinimumSize); // (N, K, H, W)
        return images.to(ScalarType.Float32).softmax(1);
    }

    private SegmentationPrediction InTiles(byte[] image, ImagePlacement placement)
    {
        var (height, width, channels) = (placement.Height, placement.Width, model.Input.Channels);
        var mask = new byte[height * width];
        var wanted = _wantsProbabilities ? new float[checked(classes * height * width)] : [];
        _tiles.Run(height, width, classes, (y, x, h, w) => Cut(image, width, channels, y, x, h, w), Probabilities, (first, scores) =>
        {
            var rows = (int)scores.size(1);
            using var best = scores.argmax(0).to(ScalarType.Byte);                          // (h, W)
            best.data<byte>().CopyTo(mask.AsSpan(first * width, rows * width));
            for (var k = 0; k < classes && _wantsProbabilities; k++)
            {
                using var plane = scores[k].contiguous();
                plane.data<float>().CopyTo(wanted.AsSpan((k * height + first) * width, rows * width));
            }
        });
        if (placement.IsUnscaled && !placement.HasMargin)
            return new SegmentationPrediction(width, height, mask, wanted);
        using var scope = NewDisposeScope();
        return _wantsProbabilities
            ? Restore(tensor(wanted, [classes, height, width]), placement)
            : Nearest(mask, placement);
    }

    /// <summary>Probabilities of the sample become the mask of the original: interpolated, then the likeliest.</summary>
    /// <param name="probabilities">(K, H, W), float32, on the CPU.</param>
    /// <param name="placement">Where the original lies in them.</param>
    private SegmentationPrediction Restore(Tensor probabilities, ImagePlacement placement)
    {
        var (height, width) = (placement.SourceHeight, placement.SourceWidth);
        var (top, left) = ((int)Math.Round(placement.Top), (int)Math.Round(placement.Left));
        var (rows, columns) = ((int)Math.Round(placement.Bottom) - top, (int)Math.Round(placement.Right) - left);
        var shown = probabilities.narrow(1, placement.Y, placement.PartHeight).narrow(2, placement.X, placement.PartWidth).unsqueeze(0);
        if (rows != placement.PartHeight || columns != placement.PartWidth)
            shown = nn.functional.interpolate(shown, [rows, columns], mode: InterpolationMode.Bilinear, align_corners: false);
        shown = shown.squeeze(0);                                                           // (K, rows, columns)
        var best = shown.argmax(0).to(ScalarType.Byte);                                     // (rows, columns)
        if (rows < height || columns < width)
        {
            // What the crop cut off, the network never saw.
            best = nn.functional.pad(best, [left, width - left - columns, top, height - top - rows], PaddingModes.Constant, Sample.Ignored);
            shown = nn.functional.pad(shown, [left, width - left - columns, top, height - top - rows]);
        }
        return new SegmentationPrediction(width, height, best.contiguous().data<byte>().ToArray(),
            _wantsProbabilities ? shown.contiguous().data<float>().ToArray() : []);
    }

    /// <summary>For an image so large that its probabilities were not kept.</summary>
    private static SegmentationPrediction Nearest(byte[] mask, ImagePlacement placement)
    {
        var original = new byte[placement.SourceHeight * placement.SourceWidth];
        placement.RestoreMask(mask, original);
        return new SegmentationPrediction(placement.SourceWidth, placement.SourceHeight, original, []);
    }

    private static Tensor Cut(byte[] image, int width, int channels, int y, int x, int height, int columns)
    {
        var tile = new byte[height * columns * channels];
        for (var row = 0; row < height; row++)
            image.AsSpan(((y + row) * width + x) * channels, columns * channels).CopyTo(tile.AsSpan(row * columns * channels));
        return tensor(tile, [1, height, columns, channels], ScalarType.Byte).permute(0, 3, 1, 2);  // (1, C, h, w)
    }
}
