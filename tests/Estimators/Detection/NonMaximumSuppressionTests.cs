using Fovea.Detection;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

public class NonMaximumSuppressionTests
{
    /// <summary>Of torchvision.ops; <c>tests/Reference/estimators/boxes.py</c> makes the boxes by the same formulas.</summary>
    private sealed record Case(string Name, int Count, double Threshold, long[] Kept, long[] KeptByClass);

    private sealed record File(Case[] Suppression);

    private static readonly Lazy<Case[]> _cases = new(() => Expected.Read<File>("boxes.json").Suppression);

    public static TheoryData<string, int, double> Cases
    {
        get
        {
            var data = new TheoryData<string, int, double>();
            foreach (var c in _cases.Value)
                data.Add(c.Name, c.Count, c.Threshold);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_Boxes_KeepsWhatTorchvisionKeeps(string name, int count, double threshold)
    {
        using var scope = NewDisposeScope();
        var expected = Find(name, count, threshold);
        var (boxes, scores, classes) = Make(name, count);
        Assert.Equal(expected.Kept, NonMaximumSuppression.Run(boxes, scores, null, threshold).data<long>().ToArray());
        Assert.Equal(expected.KeptByClass, NonMaximumSuppression.Run(boxes, scores, classes, threshold).data<long>().ToArray());
    }

    [Fact]
    public void Run_ManyTinyBlocks_KeepsWhatANaiveLoopKeeps()
    {
        using var scope = NewDisposeScope();
        // So many that the matrix is taken in several blocks.
        var (boxes, scores, classes) = Make("ties", 6000);
        var kept = NonMaximumSuppression.Run(boxes, scores, classes, 0.4).data<long>().ToArray();
        Assert.Equal(Naive(boxes, scores, classes, 0.4f), kept);
        Assert.Equal(kept, InMatrix(boxes, scores, classes, 0.4));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Solve_TheWayOfDevices_KeepsWhatTorchvisionKeeps(string name, int count, double threshold)
    {
        using var scope = NewDisposeScope();
        var expected = Find(name, count, threshold);
        var (boxes, scores, classes) = Make(name, count);
        Assert.Equal(expected.Kept, InMatrix(boxes, scores, null, threshold));
        Assert.Equal(expected.KeptByClass, InMatrix(boxes, scores, classes, threshold));
    }

    [Fact]
    public void Solve_ABatchWithGaps_IsThatOfEachImage()
    {
        using var scope = NewDisposeScope();
        var (boxes, scores, classes) = Make("spread", 400);
        var (b, s, c, there) = (boxes.view(4, 100, 4), scores.view(4, 100), classes.view(4, 100), scores.lt(0.7).view(4, 100));
        var (order, kept) = NonMaximumSuppression.Solve(b, s, c, there, 0.3);
        var mask = NonMaximumSuppression.Keep(b, s, c, there, 0.3);
        Assert.Equal(mask.data<bool>().ToArray(), zeros_like(kept).scatter_(1, order, kept).data<bool>().ToArray());
    }

    [Fact]
    public void Keep_ABatch_IsThatOfEachImage()
    {
        using var scope = NewDisposeScope();
        var (boxes, scores, classes) = Make("spread", 400);
        var mask = NonMaximumSuppression.Keep(boxes.view(4, 100, 4), scores.view(4, 100), classes.view(4, 100), null, 0.3);
        for (var i = 0; i < 4; i++)
        {
            var alone = NonMaximumSuppression.Run(boxes.narrow(0, i * 100, 100), scores.narrow(0, i * 100, 100), classes.narrow(0, i * 100, 100), 0.3);
            Assert.Equal(alone.data<long>().Order(), Places(mask[i]));
        }
    }

    [Fact]
    public void Keep_SomeAreNoCandidates_IsAsWithoutThem()
    {
        using var scope = NewDisposeScope();
        var (boxes, scores, classes) = Make("spread", 400);
        var candidates = scores.lt(0.7);
        var mask = NonMaximumSuppression.Keep(boxes.unsqueeze(0), scores.unsqueeze(0), classes.unsqueeze(0), candidates.unsqueeze(0), 0.3);
        var places = Places(candidates).ToArray();
        var index = tensor(places);
        var alone = NonMaximumSuppression.Run(boxes[index], scores[index], classes[index], 0.3);
        Assert.Equal(alone.data<long>().Select(i => places[i]).Order(), Places(mask[0]));
    }

    [Fact]
    public void Keep_NoImagesOrNoBoxes_IsEmpty()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 5], NonMaximumSuppression.Keep(zeros(0, 5, 4), zeros(0, 5), null, null, 0.5).shape);
        Assert.Equal([2, 0], NonMaximumSuppression.Keep(zeros(2, 0, 4), zeros(2, 0), null, null, 0.5).shape);
    }

    [Fact]
    public void Run_BoxesPermuted_KeepsTheSameBoxes()
    {
        using var scope = NewDisposeScope();
        var (boxes, scores, classes) = Make("spread", 400); // without equal scores
        var order = tensor([.. Enumerable.Range(0, 400).Select(i => (long)(i * 37 % 400))]);
        var kept = NonMaximumSuppression.Run(boxes[order], scores[order], classes[order], 0.5);
        Assert.Equal(NonMaximumSuppression.Run(boxes, scores, classes, 0.5).data<long>().ToArray(), order[kept].data<long>().ToArray());
    }

    [Fact]
    public void Run_Twice_LeavesNoTensorAndGivesTheSame()
    {
        using var scope = NewDisposeScope();
        var (boxes, scores, classes) = Make("ties", 1500);
        using var first = NonMaximumSuppression.Run(boxes, scores, classes, 0.5);
        var before = Live.Tensors();
        using (var second = NonMaximumSuppression.Run(boxes, scores, classes, 0.5))
            Assert.Equal(first.data<long>().ToArray(), second.data<long>().ToArray());
        Assert.Equal(before, Live.Tensors());
    }

    private static long[] InMatrix(Tensor boxes, Tensor scores, Tensor? classes, double threshold)
    {
        var (order, kept) = NonMaximumSuppression.Solve(boxes.unsqueeze(0), scores.unsqueeze(0), classes?.unsqueeze(0), null, threshold);
        return order[0].masked_select(kept[0]).data<long>().ToArray();
    }

    private static Case Find(string name, int count, double threshold) => _cases.Value.Single(c => (c.Name, c.Count, c.Threshold) == (name, count, threshold));

    private static IEnumerable<long> Places(Tensor mask) => mask.nonzero().flatten().data<long>();

    private static (Tensor Boxes, Tensor Scores, Tensor Classes) Make(string name, int count)
    {
        if (name == "chain")
            return (tensor([.. Enumerable.Range(0, count).SelectMany(i => new[] { 4f * i, 0, 4f * i + 10, 10 })], [count, 4]),
                tensor([.. Enumerable.Range(0, count).Select(i => 1 - i / (float)count)]), zeros(count, ScalarType.Int64));
        if (name is "edge" or "empty")
        {
            float[] corners = name == "edge" ? [0, 0, 4, 4, 0, 0, 4, 8, 0, 0, 4, 4, 0, 0, 8, 8] : [3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 5, 0, 0, 0, 5, 5];
            return (tensor(corners, [4, 4]), tensor(new[] { 0.9f, 0.8f, 0.7f, 0.6f }), zeros(4, ScalarType.Int64));
        }
        var (side, largest) = count > 2 ? (100.0, 60.0) : (10.0, 40.0);
        var v = Index(count * 4, 0.7548776662466927).ToArray();
        var boxes = new float[count * 4];
        for (var i = 0; i < count * 4; i++)
        {
            var corner = v[i / 4 * 4 + i % 2] * side;
            boxes[i] = (float)(i % 4 < 2 ? corner : corner + (1 + v[i] * (largest - 1)));
        }
        var scores = Index(count, 0.6180339887498949).Select(s => (float)s).Select(s => name == "ties" ? MathF.Floor(s * 5) / 5 : s);
        var classes = Index(count, 0.3247179572447460).Select(c => (long)(c * 3));
        return (tensor(boxes, [count, 4]), tensor([.. scores], [count]), tensor([.. classes], [count]));
    }

    private static IEnumerable<double> Index(int count, double step) => Enumerable.Range(0, count).Select(i => i * step % 1);

    private static List<long> Naive(Tensor boxes, Tensor scores, Tensor classes, float threshold)
    {
        var (b, s, c) = (boxes.data<float>().ToArray(), scores.data<float>().ToArray(), classes.data<long>().ToArray());
        var kept = new List<long>();
        foreach (var i in Enumerable.Range(0, s.Length).OrderByDescending(i => s[i]))
            if (!kept.Any(k => c[k] == c[i] && Iou((int)k, i) > threshold))
                kept.Add(i);
        return kept;

        float Iou(int p, int q)
        {
            var width = Math.Max(0, Math.Min(b[4 * p + 2], b[4 * q + 2]) - Math.Max(b[4 * p], b[4 * q]));
            var height = Math.Max(0, Math.Min(b[4 * p + 3], b[4 * q + 3]) - Math.Max(b[4 * p + 1], b[4 * q + 1]));
            var shared = width * height;
            return shared / (Area(p) + Area(q) - shared);
        }

        float Area(int p) => (b[4 * p + 2] - b[4 * p]) * (b[4 * p + 3] - b[4 * p + 1]);
    }
}
