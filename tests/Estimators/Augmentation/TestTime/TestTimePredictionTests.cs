using Fovea.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Augmenting;

public class TestTimePredictionTests
{
    private static readonly ImageInput Input = ImageInput.Create(6, 8, 3);

    public static TheoryData<TestTimeAugmentation> Descriptions => TestTimeViewTests.Descriptions;

    private static Tensor Frame(TestTimeAugmentation description)
    {
        var frame = description.Enlarge(Input);
        var bytes = new byte[2 * 3 * frame.Height * frame.Width];
        new Random(4).NextBytes(bytes);
        return tensor(bytes, [2, 3, frame.Height, frame.Width], ScalarType.Byte);
    }

    /// <summary>Of each pixel alone, in operations that round the same wherever it stands: (N, 3, H, W) to (N, 2, H, W).</summary>
    private static Tensor Pointwise(Tensor images)
    {
        var x = images.to(ScalarType.Float32) / 255;
        var (r, g, b) = (x.select(1, 0), x.select(1, 1), x.select(1, 2));
        var first = (r * g + b * 0.3f) / 1.3f;
        return stack([first, 1 - first], 1);
    }

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void Maps_IdentityNetwork_IsTheImagesThemselves(TestTimeAugmentation description)
    {
        using var scope = NewDisposeScope();
        var images = Frame(description);
        var maps = TestTimePrediction.Maps(images, description.ViewsOf(Input), ViewCombination.Mean, x => x.to(ScalarType.Float32));
        TensorAssert.Same(images.to(ScalarType.Float64), maps, description.ToString());
    }

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void Maps_PointwiseNetwork_IsThePlainResult(TestTimeAugmentation description)
    {
        using var scope = NewDisposeScope();
        var images = Frame(description);
        var plain = Pointwise(images);
        var maps = TestTimePrediction.Maps(images, description.ViewsOf(Input), ViewCombination.Mean, Pointwise).to(ScalarType.Float32);
        TensorAssert.Same(plain, maps, description.ToString());
        var votes = TestTimePrediction.Maps(images, description.ViewsOf(Input), ViewCombination.Vote, Pointwise);
        TensorAssert.Same(plain.argmax(1), votes.argmax(1), description.ToString());
        Assert.InRange((votes.sum(1L) - 1).abs().max().ToDouble(), 0, 1e-6); // probabilities that add up to 1 in float32
    }

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void Classes_NetworkThatSeesNoView_IsThePlainResult(TestTimeAugmentation description)
    {
        using var scope = NewDisposeScope();
        var probabilities = tensor(new[] { 0.1f, 0.7f, 0.2f, 1 / 3f, 1 / 7f, 11 / 21f }).reshape(2, 3);
        var mean = TestTimePrediction.Classes(Frame(description), description.ViewsOf(Input), ViewCombination.Mean, _ => probabilities.clone());
        TensorAssert.Same(probabilities, mean.to(ScalarType.Float32));
    }

    [Theory]
    [InlineData(ViewCombination.Mean)]
    [InlineData(ViewCombination.Vote)]
    public void Classes_RandomViews_IsTheNaiveLoop(ViewCombination combination)
    {
        const int n = 400, k = 4;
        var description = new TestTimeAugmentation { HorizontalFlip = true, VerticalFlip = true, Combination = combination };
        var random = new Random(6);
        // Of four views among four classes many are drawn. No two probabilities are equal.
        var views = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, n).Select(_ => Softmax(random, k)).ToArray()).ToArray();
        using var scope = NewDisposeScope();
        var images = zeros([n, 3, 6, 8], ScalarType.Byte);
        var call = 0;
        var result = TestTimePrediction.Classes(images, description.ViewsOf(Input), combination, _ => tensor(views[call++].SelectMany(p => p).ToArray()).reshape(n, k));
        Assert.Equal((4, ScalarType.Float64), (call, result.dtype));
        var (scores, best) = (result.data<double>().ToArray(), result.argmax(1).data<long>().ToArray());
        var ties = 0;
        for (var i = 0; i < n; i++)
        {
            var mean = Enumerable.Range(0, k).Select(c => (views[0][i][c] + (double)views[1][i][c] + views[2][i][c] + views[3][i][c]) / 4).ToArray();
            var votes = new int[k];
            foreach (var view in views)
                votes[Array.IndexOf(view[i], view[i].Max())]++;
            var leaders = Enumerable.Range(0, k).Where(c => votes[c] == votes.Max()).ToList();
            ties += leaders.Count > 1 ? 1 : 0;
            Assert.Equal(combination == ViewCombination.Mean ? Array.IndexOf(mean, mean.Max()) : leaders.MaxBy(c => mean[c]), best[i]);
            for (var c = 0; c < k; c++)
                Assert.Equal(combination == ViewCombination.Mean ? mean[c] : (votes[c] + mean[c]) / 5, scores[i * k + c], 1e-15); // sums in another order
        }
        Assert.InRange(ties, 50, 350);
    }

    [Fact]
    public void Maps_RandomViews_IsTheNaiveVoteOfThePixelsThatAreShown()
    {
        var description = new TestTimeAugmentation { Shift = 2, HorizontalFlip = true };
        var views = description.ViewsOf(Input);
        using var scope = NewDisposeScope();
        manual_seed(1);
        var said = views.Select(_ => rand(1, 3, 6, 8)).ToArray();
        var call = 0;
        var result = TestTimePrediction.Maps(zeros([1, 3, 6, 8], ScalarType.Byte), views, ViewCombination.Vote, _ => said[call++].clone());
        var numbers = result.data<double>().ToArray();
        for (var y = 0; y < 6; y++)
            for (var x = 0; x < 8; x++)
            {
                var (votes, sum, count) = (new double[3], new double[3], 0);
                foreach (var (i, view) in views.Index())
                {
                    var (vy, vx) = (y + view.Down, (view.FlipX ? 7 - x : x) + view.Right);
                    if (vy is < 0 or > 5 || vx is < 0 or > 7)
                        continue;
                    var p = Enumerable.Range(0, 3).Select(c => (double)said[i][0, c, vy, vx].ToSingle()).ToArray();
                    votes[Array.IndexOf(p, p.Max())]++;
                    for (var c = 0; c < 3; c++)
                        sum[c] += p[c];
                    count++;
                }
                for (var c = 0; c < 3; c++)
                    Assert.Equal((votes[c] + sum[c] / count) / (count + 1), numbers[(c * 6 + y) * 8 + x], 1e-14); // sums in another order
            }
    }

    [Fact]
    public void ClassesAndMaps_Once_LeaveOneTensorEach()
    {
        var description = new TestTimeAugmentation { Shift = 1, HorizontalFlip = true, CropRatio = 1.5 };
        using var images = Frame(description);
        foreach (var combination in Enum.GetValues<ViewCombination>())
        {
            void run(long wanted)
            {
                var before = Live.Tensors();
                using (TestTimePrediction.Maps(images, description.ViewsOf(Input), combination, Pointwise))
                using (TestTimePrediction.Classes(images, description.ViewsOf(Input), combination, x => Pointwise(x).mean([2L, 3L])))
                    Assert.Equal(before + wanted, Live.Tensors());
                Assert.Equal(before, Live.Tensors());
            }
            run(2);
        }
    }

    private static float[] Softmax(Random random, int k)
    {
        var raw = Enumerable.Range(0, k).Select(_ => Math.Exp(2 * random.NextDouble())).ToArray();
        return [.. raw.Select(r => (float)(r / raw.Sum()))];
    }
}
