namespace Fovea.Tests.Augmenting;

public class MosaicTests
{
    /// <summary>Row k is of the level 10 k + 10 and the class k, with one box over its whole.</summary>
    private sealed class Rows(int count, int height, int width, int channels, bool hasMask) : ISampleSource
    {
        public int Count => count;

        public void Read(int index, Sample into)
        {
            into.Begin(height, width, hasMask);
            into.Pixels.Fill((byte)(index * 10 + 10));
            into.Mask.Fill((byte)index);
            into.Boxes.Add(new SampleBox(0, 0, width, height, index));
        }

        public Sample Row(int index)
        {
            var sample = new Sample(channels);
            Read(index, sample);
            return sample;
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Mosaic_FourConstantRows_MeetAtAPoint(int channels, bool hasMask)
    {
        var rows = new Rows(20, 30, 40, channels, hasMask);
        var points = new HashSet<(float, float)>();
        for (var seed = 0; seed < 60; seed++)
        {
            var sample = rows.Row(7);
            sample.LeastVisible = 0.0001f;
            new Mosaic(1, 1, 1).Apply(sample, rows, Drawn.Seeded(seed));
            Assert.Equal((30, 40), (sample.Height, sample.Width));
            var covered = 0f;
            foreach (var box in sample.Boxes)
            {
                covered += box.Area;
                // At scale 1 the four fill the frame; each box is its tile.
                Assert.True((box.X0 == 0 || box.X1 == 40) && (box.Y0 == 0 || box.Y1 == 30), box.ToString());
                Assert.Equal(box.Area / 1200, box.Visible, 1e-5);
                for (var y = (int)box.Y0; y < box.Y1; y++)
                    for (var x = (int)box.X0; x < box.X1; x++)
                    {
                        Assert.Equal(box.Label * 10 + 10, sample.Pixels[(y * 40 + x) * channels]);
                        if (hasMask)
                            Assert.Equal(box.Label, sample.Mask[y * 40 + x]);
                    }
            }
            Assert.Equal(1200, covered);
            points.Add((sample.Boxes[0].X0 + sample.Boxes[0].X1, sample.Boxes[0].Y0 + sample.Boxes[0].Y1));
        }
        Assert.True(points.Count > 50, $"{points.Count} different");
    }

    [Fact]
    public void Mosaic_HalfTheScale_LeavesGreyWithoutAClass()
    {
        var rows = new Rows(5, 32, 32, 3, hasMask: true);
        for (var seed = 0; seed < 40; seed++)
        {
            var sample = rows.Row(0);
            new Mosaic(1, 0.5, 0.5).Apply(sample, rows, Drawn.Seeded(seed));
            // The point lies in the middle half, so half of each tile of 16 x 16 is seen at least in each direction.
            Assert.Equal((4, 0), (sample.Boxes.Count, sample.Boxes[0].Label));
            Assert.All(sample.Boxes, box =>
            {
                Assert.True(box.Width == 16 || (box.Width >= 8 && (box.X0 == 0 || box.X1 == 32)), box.ToString());
                Assert.True(box.Height == 16 || (box.Height >= 8 && (box.Y0 == 0 || box.Y1 == 32)), box.ToString());
                Assert.Equal(box.Area / 256, box.Visible);
            });
            Assert.Equal(0, sample.Pixels.ToArray().Chunk(3).Zip(sample.Mask.ToArray()).Count(p => (p.Second == Sample.Ignored) != (p.First[0] == 114)));
        }
    }

    [Fact]
    public void Mosaic_SameSeed_IsTheSameWhateverWasThereBefore()
    {
        var rows = new Rows(9, 21, 17, 3, hasMask: true);
        var (used, fresh) = (rows.Row(3), rows.Row(3));
        new Mosaic(1, 0.3, 2).Apply(used, rows, Drawn.Seeded(8));
        rows.Read(3, used);
        new Mosaic(1, 0.3, 2).Apply(used, rows, Drawn.Seeded(9));
        new Mosaic(1, 0.3, 2).Apply(fresh, rows, Drawn.Seeded(9));
        Assert.Equal(fresh.Pixels, used.Pixels);
        Assert.Equal(fresh.Mask, used.Mask);
        Assert.Equal(fresh.Boxes, used.Boxes);
    }

    [Fact]
    public void Mosaic_OfADescription_RunsAmongOtherSteps()
    {
        var rows = new Rows(9, 21, 17, 3, hasMask: true);
        var sample = rows.Row(3);
        var description = new Augmentation().Crop(11, 12).Mosaic().Flip(1);
        description.Apply(sample, rows, Drawn.Seeded(0));
        Assert.Equal((11, 12), (sample.Height, sample.Width));
        Assert.Equal((11, 12), description.SizeAfter(21, 17));
        Assert.All(sample.Boxes, box => Assert.True(box.X0 >= 0 && box.X1 <= 12 && box.Y0 >= 0 && box.Y1 <= 11, box.ToString()));
    }

    [Fact]
    public void Mosaic_ProbabilityZero_ReadsNothing()
    {
        var sample = Drawn.Noisy(5, 6, 1);
        new Mosaic(0, 1, 1).Apply(sample, null!, Drawn.Seeded(0));
        Assert.Equal(Drawn.Noisy(5, 6, 1).Pixels, sample.Pixels);
    }

    [Theory]
    [InlineData(2, 1, 1, "probability")]
    [InlineData(1, 0.05, 1, "scale")]
    [InlineData(1, 1, 5, "scale")]
    public void Mosaic_OutOfBounds_IsRefused(double probability, double least, double most, string named) =>
        Assert.Equal(named, Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().Mosaic(probability, (least, most))).ParamName);
}
