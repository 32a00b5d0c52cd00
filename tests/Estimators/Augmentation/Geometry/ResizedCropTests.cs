using Fovea.Data;

namespace Fovea.Tests.Augmenting;

public class ResizedCropTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TakeRegion_GivenBox_IsPillowsResizeByteForByte(int channels)
    {
        foreach (var wanted in GeometryReference.Get("crops").EnumerateArray())
        {
            var box = GeometryReference.Numbers(wanted, "box");
            var (width, height) = (wanted.GetProperty("width").GetInt32(), wanted.GetProperty("height").GetInt32());
            var sample = GeometryReference.Sample(channels);
            sample.TakeRegion(ImagePlacement.OfRegion(sample.Width, sample.Height, (float)box[0], (float)box[1], (float)box[2], (float)box[3], width, height));
            Assert.Equal((height, width), (sample.Height, sample.Width));
            Assert.Equal(GeometryReference.Pixels(wanted, channels), sample.Pixels);
            Assert.Equal(GeometryReference.Mask(wanted), sample.Mask);
        }
    }

    [Theory]
    [InlineData(60, 80, 0.08, 1, 0.75, 1.3333)]
    [InlineData(200, 10, 0.3, 0.6, 0.5, 2)]
    [InlineData(1, 1, 0.08, 1, 0.75, 1.3333)]
    [InlineData(30, 30, 1, 1, 1, 1)]
    public void Region_AnySeed_HasTheAreaAndTheShape(int height, int width, double leastScale, double mostScale, double leastRatio, double mostRatio)
    {
        var step = new RandomResizedCrop(leastScale, mostScale, leastRatio, mostRatio);
        var places = new HashSet<(int, int, int, int)>();
        for (var seed = 0; seed < 500; seed++)
        {
            var (left, top, right, bottom) = step.Region(height, width, Drawn.Seeded(seed));
            places.Add((left, top, right, bottom));
            Assert.True(0 <= left && left < right && right <= width && 0 <= top && top < bottom && bottom <= height, $"{left} {top} {right} {bottom}");
            var (w, h) = (right - left, bottom - top);
            // Sides are rounded to whole pixels.
            Assert.True((w + 0.51) / (h - 0.51) >= leastRatio || h == 1, $"{w} x {h}");
            Assert.True((w - 0.51) / (h + 0.51) <= mostRatio, $"{w} x {h}");
            if (height != 200)   // where no try fits, the shape counts and the area does not
            {
                Assert.True((w + 0.51) * (h + 0.51) >= leastScale * height * width, $"{w} x {h}");
                Assert.True((w - 0.51) * (h - 0.51) <= mostScale * height * width, $"{w} x {h}");
            }
        }
        Assert.True(places.Count > (width == 80 ? 450 : 0), $"{places.Count} regions");
    }

    [Fact]
    public void Region_ShapeThatNeverFits_IsTheMiddle()
    {
        Assert.Equal((0, 45, 10, 55), new RandomResizedCrop(1, 1, 1, 1).Region(100, 10, Drawn.Seeded(0)));
        Assert.Equal((40, 0, 60, 10), new RandomResizedCrop(1, 1, 0.5, 2).Region(10, 100, Drawn.Seeded(0)));
    }

    [Fact]
    public void Apply_WholeImage_IsTheIdentity()
    {
        var box = new SampleBox(2, 3, 9, 11, 4);
        var (before, after) = (Drawn.Noisy(17, 17, 3, box), Drawn.Noisy(17, 17, 3, box));
        new RandomResizedCrop(1, 1, 1, 1).Apply(after, Drawn.Seeded(0));
        Assert.Equal(before.Pixels, after.Pixels);
        Assert.Equal(before.Mask, after.Mask);
        Assert.Equal(before.Boxes, after.Boxes);
    }

    [Fact]
    public void Apply_GivenSize_ShowsTheRegionWithItsMaskAndBoxes()
    {
        var step = new RandomResizedCrop(0.3, 1, 0.75, 1.3333, 48, 64);
        Assert.Equal((48, 64), step.SizeAfter(30, 40));
        var seen = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var sample = Drawn.Rectangle(30, 40, 3, 14, 10, 27, 19);
            step.Apply(sample, Drawn.Seeded(seed));
            Assert.Equal((48, 64), (sample.Height, sample.Width));
            if (Drawn.Found(sample) is not var (x0, y0, x1, y1) || sample.Boxes.Count == 0)
                continue;
            seen++;
            var box = Assert.Single(sample.Boxes);
            // A pixel counts by its center.
            Assert.InRange(Math.Abs(box.X0 - x0), 0, 0.51);
            Assert.InRange(Math.Abs(box.Y0 - y0), 0, 0.51);
            Assert.InRange(Math.Abs(box.X1 - x1), 0, 0.51);
            Assert.InRange(Math.Abs(box.Y1 - y1), 0, 0.51);
        }
        Assert.True(seen > 40, $"{seen} of 60 seen");
    }

    [Theory]
    [InlineData(0, 1, 1, 1, null, "scale")]
    [InlineData(0.5, 1.1, 1, 1, null, "scale")]
    [InlineData(0.9, 0.5, 1, 1, null, "scale")]
    [InlineData(0.5, 1, 0, 1, null, "ratio")]
    [InlineData(0.5, 1, 1, double.NaN, null, "ratio")]
    [InlineData(0.5, 1, 1, 1, 0, "height")]
    public void ResizedCrop_OutOfBounds_IsRefused(double leastScale, double mostScale, double leastRatio, double mostRatio, int? height, string named) =>
        Assert.Equal(named, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().RandomResizedCrop((leastScale, mostScale), (leastRatio, mostRatio), height)).ParamName);
}
