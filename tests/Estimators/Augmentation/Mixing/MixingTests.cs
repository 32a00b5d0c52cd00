using System.Text.Json;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Tests.Data;
using Microsoft.ML;
using TorchSharp;

namespace Fovea.Tests.Augmenting;

/// <summary>Mixed batches as a loader gives them.</summary>
public class MixingTests
{
    private const int Rows = 24;
    private static readonly IDataView View = Samples.View(new MLContext(1), Rows);

    private sealed record Mixed(int Row, long Label, long Other, float Share, byte[] Pixels, int[] BatchRows);

    private static List<Mixed> Read(Augmentation augmentation, int batchSize = 8, int threads = 2, bool channelsLast = false, int epoch = 0, int rows = Rows)
    {
        var view = rows == Rows ? View : Samples.View(new MLContext(1), rows);
        var set = ImageSet.Open(view, "Image", "Label", Samples.Input(), new LoaderOptions { Threads = threads });
        using var loader = new BatchLoader(set, batchSize, seed: 3, shuffle: true, augmentation, channelsLast);
        var read = new List<Mixed>();
        foreach (var batch in loader.Epoch(epoch))
        {
            Assert.Equal([batch.Count], batch.MixedLabels!.shape);
            Assert.Equal([batch.Count], batch.MixShare!.shape);
            Assert.Equal((torch.ScalarType.Int64, torch.ScalarType.Float32), (batch.MixedLabels.dtype, batch.MixShare.dtype));
            using var images = batch.Images.contiguous();
            var size = images.bytes.Length / batch.Count;
            for (var i = 0; i < batch.Count; i++)
                read.Add(new Mixed(batch.Rows.Span[i], batch.Labels.data<long>()[i], batch.MixedLabels.data<long>()[i], batch.MixShare.data<float>()[i], images.bytes.Slice(i * size, size).ToArray(), batch.Rows.ToArray()));
        }
        return read;
    }

    /// <summary>(C, H, W).</summary>
    private static byte Pixel(int row, int i) => Samples.Pixel(row, i / Samples.Width % Samples.Height, i % Samples.Width, i / Samples.Width / Samples.Height);

    /// <summary>The other rows of the batch whose label is the mixed one and whose image, mixed in, gives these pixels.</summary>
    private static IEnumerable<int> Partners(Mixed mixed, Func<int, int, byte, bool> fits) =>
        mixed.BatchRows.Where(row => row != mixed.Row && row % 3 == mixed.Other && mixed.Pixels.Select((p, i) => fits(row, i, p)).All(f => f));

    [Theory]
    [InlineData(0.2, false)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(20, false)]
    public void MixUp_EveryImage_IsTheBlendOfItselfAndAPartner(double alpha, bool channelsLast)
    {
        var read = Read(new Augmentation().MixUp(alpha), channelsLast: channelsLast);
        Assert.Equal(Rows, read.Select(m => m.Row).Distinct().Count());
        foreach (var mixed in read)
        {
            Assert.Equal(mixed.Row % 3, mixed.Label);
            // Half a level: the rounding to whole levels. The share is a whole number of 1/256, exact in float.
            Assert.NotEmpty(Partners(mixed, (row, i, p) => Math.Abs(mixed.Share * Pixel(mixed.Row, i) + (1 - mixed.Share) * Pixel(row, i) - p) <= 0.5));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CutMix_EveryImage_HasARectangleOfAPartner(bool channelsLast)
    {
        var read = Read(new Augmentation().CutMix(1, 1), channelsLast: channelsLast);
        Assert.True(read.Count(m => m.Share is > 0 and < 1) > Rows / 2);
        foreach (var mixed in read)
        {
            var partner = Partners(mixed, (row, i, p) => p == Pixel(row, i) || p == Pixel(mixed.Row, i)).ToList();
            Assert.NotEmpty(partner);
            // Samples' images differ in every pixel unless their rows are 256 / 31 apart, which no two rows are.
            var taken = Enumerable.Range(0, mixed.Pixels.Length).Where(i => mixed.Pixels[i] != Pixel(mixed.Row, i)).ToList();
            Assert.Equal(1 - mixed.Share, taken.Count / (double)mixed.Pixels.Length, 1e-6); // float
            if (taken.Count == 0)
                continue;
            var ys = taken.Select(i => i / Samples.Width % Samples.Height).ToHashSet();
            var xs = taken.Select(i => i % Samples.Width).ToHashSet();
            Assert.Equal(3 * (ys.Max() - ys.Min() + 1) * (xs.Max() - xs.Min() + 1), taken.Count);
        }
    }

    [Fact]
    public void CutMix_ManyDraws_CutsTheExpectedArea()
    {
        var step = new CutMix(1, 1);
        var layout = new BatchLayout(200, 200, 1, false);
        var random = new RowRandom();
        random.Seed(1, 2, 3);
        var shares = Enumerable.Range(0, 4000).Select(_ => (double)step.Mix(new byte[40000], new byte[40000], layout, random)).ToList();
        // A side s of uniform 1 - s^2 keeps, of each direction, s - s^2 / 4 of the unit length on average:
        // E[(s - s^2/4)^2] with s = sqrt(u): 1/2 - (1/2) E[u^1.5] + E[u^2] / 16 = 1/2 - 1/5 + 1/48 = 0.32083.
        var deviation = Math.Sqrt(shares.Sum(s => (s - shares.Average()) * (s - shares.Average())) / shares.Count);
        // Five standard errors, and one pixel of 200 in each direction by rounding to whole pixels.
        Assert.Equal(1 - 0.32083, shares.Average(), 5 * deviation / Math.Sqrt(4000) + 0.005);
    }

    [Fact]
    public void Both_InARow_MixAnImageByTheFirstThatStrikes()
    {
        var read = Enumerable.Range(0, 20).SelectMany(epoch => Read(new Augmentation().MixUp(1, 0.5).CutMix(1, 0.5), epoch: epoch)).ToList();
        var cut = read.Count(m => m.Share < 1 && m.Pixels.Where((p, i) => p == Pixel(m.Row, i)).Any() && Partners(m, (row, i, p) => p == Pixel(row, i) || p == Pixel(m.Row, i)).Any());
        var untouched = read.Count(m => m.Share == 1);
        // Of 480 images: half blended, a quarter cut, a quarter untouched (and a few cut by a rectangle below a pixel); five deviations of 9.5.
        Assert.InRange(cut, 120 - 60, 120 + 48);
        Assert.InRange(untouched, 120 - 48, 120 + 60);
        foreach (var mixed in read)
            Assert.InRange(mixed.Share, 0, 1);
    }

    [Fact]
    public void Epoch_AnyNumberOfThreads_MixesAlike()
    {
        var augmentation = new Augmentation().Shift(1).MixUp(0.4, 0.5).CutMix();
        var one = Read(augmentation, threads: 1);
        foreach (var threads in new[] { 2, 5 })
            foreach (var (a, b) in one.Zip(Read(augmentation, threads: threads)))
                Assert.Equal((a.Row, a.Label, a.Other, a.Share, Convert.ToHexString(a.Pixels)), (b.Row, b.Label, b.Other, b.Share, Convert.ToHexString(b.Pixels)));
        Assert.NotEqual(one.Select(m => m.Share), Read(augmentation, epoch: 1).Select(m => m.Share));
    }

    [Fact]
    public void MixUp_OneRowLeft_StaysAsItIs()
    {
        var last = Read(new Augmentation().MixUp(1), batchSize: 8, rows: 9)[^1];
        Assert.Equal((1f, last.Label), (last.Share, last.Other));
        Assert.All(last.Pixels.Select((p, i) => (p, i)), x => Assert.Equal(Pixel(last.Row, x.i), x.p));
    }

    [Fact]
    public void Epoch_WithoutMixing_HasNoShares()
    {
        using var loader = new BatchLoader(ImageSet.Open(View, "Image", "Label", Samples.Input()), 8, augmentation: new Augmentation().Flip());
        foreach (var batch in loader.Epoch(0))
            Assert.True(batch is { MixedLabels: null, MixShare: null });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(197)]
    public void Blend_EveryWeight_MatchesTheNaiveLoop(int length)
    {
        var (own, other) = (new byte[length], new byte[length]);
        new Random(1).NextBytes(own);
        new Random(2).NextBytes(other);
        (own[0], other[0]) = (255, 255);
        for (var weight = 0; weight <= 256; weight++)
        {
            var image = own.ToArray();
            MixUp.Blend(image, other, weight);
            for (var i = 0; i < length; i++)
                Assert.Equal((byte)Math.Floor((own[i] * weight + other[i] * (256 - weight)) / 256.0 + 0.5), image[i]);
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Beta_ManyDraws_HasTheMomentsOfTheDistribution(double alpha)
    {
        const int Draws = 40000;
        var random = new RowRandom();
        random.Seed(5, 0, 0);
        var draws = Enumerable.Range(0, Draws).Select(_ => SymmetricBeta.Next(alpha, random)).ToList();
        Assert.All(draws, d => Assert.InRange(d, 0, 1));
        var variance = 1 / (4 * (2 * alpha + 1));
        // Kurtosis of Beta(a, a): 3 - 6 / (2a + 3).
        var fourth = (3 - 6 / (2 * alpha + 3)) * variance * variance;
        // Five standard errors each.
        Assert.Equal(0.5, draws.Average(), 5 * Math.Sqrt(variance / Draws));
        Assert.Equal(variance, draws.Average(d => (d - 0.5) * (d - 0.5)), 5 * Math.Sqrt((fourth - variance * variance) / Draws));
        Assert.Equal(fourth, draws.Average(d => Math.Pow(d - 0.5, 4)), fourth * 0.05); // its own error stays below 2 % at every alpha here
    }

    [Fact]
    public void AStepBehindAMixing_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => new Augmentation().MixUp().Flip());
        Assert.Contains("mixup 0.2", error.Message);
        Assert.Contains("flip 0.5", error.Message);
    }

    [Fact]
    public void MixingProblem_OnlyWithMixing_NamesTheStepsAndTheTask()
    {
        Assert.Null(new Augmentation().Flip().MixingProblem("segmentation"));
        var problem = new Augmentation().Flip().MixUp().CutMix().MixingProblem("segmentation");
        Assert.Contains("mixup", problem);
        Assert.Contains("cutmix", problem);
        Assert.Contains("segmentation", problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(double.NaN)]
    public void Alpha_OutOfBounds_IsRefused(double alpha)
    {
        Assert.Contains("0.01 to 100", Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().MixUp(alpha)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().CutMix(alpha));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Probability_OutOfBounds_IsRefused(double probability)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().MixUp(0.2, probability));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().CutMix(1, probability));
    }

    [Fact]
    public void Json_RoundTrip_KeepsTheSteps()
    {
        var augmentation = new Augmentation().Flip().MixUp(0.3, 0.4).CutMix(0.5, 0.6);
        var json = JsonSerializer.Serialize(augmentation, ModelJson.Options);
        Assert.Equal(augmentation.Steps, JsonSerializer.Deserialize<Augmentation>(json, ModelJson.Options)!.Steps);
    }
}
