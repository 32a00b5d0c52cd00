using System.Globalization;
using System.Runtime.InteropServices;
using Fovea.Data;

namespace Fovea;

/// <summary>Puts a sample and three others around a point, each scaled and cut where it meets the frame.</summary>
internal sealed record Mosaic : GroupStep
{
    public double Probability { get; }
    public double LeastScale { get; }
    public double MostScale { get; }

    public Mosaic(double probability, double leastScale, double mostScale)
    {
        StepBounds.Probability(probability, "a mosaic");
        StepBounds.Range(leastScale, mostScale, 0.1, 4, "scale", "The scale");
        (Probability, LeastScale, MostScale) = (probability, leastScale, mostScale);
    }

    public override void Apply(Sample sample, ISampleSource others, Random random)
    {
        if (random.NextDouble() >= Probability)
            return;
        var (height, width) = (sample.Height, sample.Width);
        var scale = random.Between(LeastScale, MostScale);
        // YOLOv5 draws the point in the middle half of a canvas of twice the side, scales the canvas and keeps its middle.
        var x = (int)Math.Round(width * (0.5 + scale * random.Between(-0.5, 0.5)));
        var y = (int)Math.Round(height * (0.5 + scale * random.Between(-0.5, 0.5)));
        var tile = (Height: Math.Max(1, (int)Math.Round(scale * height)), Width: Math.Max(1, (int)Math.Round(scale * width)));
        var own = random.Next(4);
        Span<int> rows = [random.Next(others.Count), random.Next(others.Count), random.Next(others.Count), random.Next(others.Count)];

        // The sample's own tile first: cutting it needs the spare memory that the result is then drawn in.
        var ownPlace = Tile.At(own, x, y, tile, height, width);
        var hasOwn = ownPlace.Cut(sample);
        var pixels = sample.SparePixels(height, width);
        var mask = sample.HasMask ? sample.SpareMask(height, width) : default;
        pixels.Fill(AntialiasResize.LetterboxGrey);
        mask.Fill(Sample.Ignored);
        if (hasOwn)
            ownPlace.Draw(sample, pixels, mask, width);
        else
            sample.Boxes.Clear();
        var other = sample.Scratch.Other;
        for (var quarter = 0; quarter < 4; quarter++)
        {
            if (quarter == own)
                continue;
            var place = Tile.At(quarter, x, y, tile, height, width);
            others.Read(rows[quarter], other);
            other.LeastVisible = sample.LeastVisible;
            if (!place.Cut(other))
                continue;
            place.Draw(other, pixels, mask, width);
            sample.Boxes.AddRange(other.Boxes);
        }
        sample.TakeSpare(height, width);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"mosaic {Probability:0.##}, scale {LeastScale:0.##} to {MostScale:0.##}");

    /// <summary>What is seen of one of the four.</summary>
    /// <param name="Left">Of the visible part, in the result.</param>
    /// <param name="Top">Of the visible part, in the result.</param>
    /// <param name="Right">Of the visible part, in the result.</param>
    /// <param name="Bottom">Of the visible part, in the result.</param>
    /// <param name="TileX">The whole tile's left edge in the result; may lie outside.</param>
    /// <param name="TileY">The whole tile's upper edge.</param>
    /// <param name="TileHeight">Of the whole tile.</param>
    /// <param name="TileWidth">Of the whole tile.</param>
    private readonly record struct Tile(int Left, int Top, int Right, int Bottom, int TileX, int TileY, int TileHeight, int TileWidth)
    {
        /// <param name="quarter">0 upper left, 1 upper right, 2 lower left, 3 lower right of the point.</param>
        /// <param name="x">Of the point.</param>
        /// <param name="y">Of the point.</param>
        /// <param name="size">Of the tile.</param>
        /// <param name="height">Of the result.</param>
        /// <param name="width">Of the result.</param>
        public static Tile At(int quarter, int x, int y, (int Height, int Width) size, int height, int width)
        {
            var (left, top) = ((quarter & 1) == 0 ? x - size.Width : x, (quarter & 2) == 0 ? y - size.Height : y);
            return new(Math.Clamp(left, 0, width), Math.Clamp(top, 0, height), Math.Clamp(left + size.Width, 0, width), Math.Clamp(top + size.Height, 0, height),
                left, top, size.Height, size.Width);
        }

        /// <summary>Makes of a row what is seen of it, its boxes in pixels of the result.</summary>
        /// <returns>Whether anything is.</returns>
        public bool Cut(Sample row)
        {
            if (Right <= Left || Bottom <= Top)
                return false;
            var (x, y) = ((double)row.Width / TileWidth, (double)row.Height / TileHeight);
            row.TakeRegion(ImagePlacement.OfRegion(row.Width, row.Height,
                (float)((Left - TileX) * x), (float)((Top - TileY) * y), (float)Math.Min(row.Width, (Right - TileX) * x), (float)Math.Min(row.Height, (Bottom - TileY) * y),
                Right - Left, Bottom - Top));
            foreach (ref var box in CollectionsMarshal.AsSpan(row.Boxes))
                box = box with { X0 = box.X0 + Left, Y0 = box.Y0 + Top, X1 = box.X1 + Left, Y1 = box.Y1 + Top };
            return true;
        }

        /// <summary>Copies what <see cref="Cut"/> left into the result.</summary>
        public void Draw(Sample row, Span<byte> pixels, Span<byte> mask, int width)
        {
            var (count, channels) = (row.Width, row.Channels);
            for (var y = 0; y < row.Height; y++)
            {
                var at = (Top + y) * width + Left;
                row.Pixels.Slice(y * count * channels, count * channels).CopyTo(pixels[(at * channels)..]);
                if (!mask.IsEmpty && row.HasMask)
                    row.Mask.Slice(y * count, count).CopyTo(mask[at..]);
            }
        }
    }
}
