using Fovea.Detection;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

public class BoxesTests
{
    /// <summary>Numbers of torchvision.ops, in float64; ours are float32, on corners below 1000.</summary>
    private sealed record Numbers(
        float[][] A, float[][] B, double[] Area, double[][] Center, double[][] Clipped, double[] Iou, double[] GeneralizedIou, double[] CompleteIou,
        double[] GeneralizedLoss, double[] GeneralizedGradient, double[] CompleteLoss, double[] CompleteGradient);

    private sealed record File(Numbers Boxes);

    private static readonly Lazy<Numbers> _numbers = new(() => Expected.Read<File>("boxes.json").Boxes);

    // A side is a difference of corners near 100 (1000 for one box), so its last bit is 2^-17; a quotient of areas keeps some 1e-6.
    private const double Quotient = 3e-6;

    [Fact]
    public void Area_OfBoxes_AgreesWithTorchvision()
    {
        using var scope = NewDisposeScope();
        Same(_numbers.Value.Area, Boxes.Area(A()), 2e-2 * 1e-2); // areas to 1600, 7 digits
    }

    [Fact]
    public void Center_ThereAndBack_AgreesWithTorchvision()
    {
        using var scope = NewDisposeScope();
        var center = Boxes.ToCenter(A());
        Same([.. _numbers.Value.Center.SelectMany(c => c)], center, 1e-5);
        Same([.. _numbers.Value.A.SelectMany(c => c).Select(v => (double)v)], Boxes.FromCenter(center), 2e-5); // two roundings at 128
    }

    [Fact]
    public void Clip_ToAnImage_AgreesWithTorchvision()
    {
        using var scope = NewDisposeScope();
        double[] expected = [.. _numbers.Value.Clipped.SelectMany(c => c)];
        Same(expected, Boxes.Clip(A(), width: 80, height: 60), 0);
        Same(expected, Boxes.Clip(A(), tensor(new[] { 80f, 60f }, [1, 2])), 0);
    }

    [Fact]
    public void PairwiseIou_OfBoxes_AgreesWithTorchvision()
    {
        using var scope = NewDisposeScope();
        Same(_numbers.Value.Iou, Boxes.PairwiseIou(A(), B()), Quotient);
        Same(_numbers.Value.GeneralizedIou, Boxes.PairwiseGeneralizedIou(A(), B()), Quotient);
        Same(_numbers.Value.CompleteIou, Boxes.PairwiseCompleteIou(A(), B()), Quotient);
    }

    [Fact]
    public void PairwiseIou_OfBoxes_AgreesWithANaiveLoop()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (_numbers.Value.A, _numbers.Value.B);
        var expected = from p in a from q in b select Naive(p, q);
        Same([.. expected], Boxes.PairwiseIou(A(), B()), Quotient);
    }

    [Fact]
    public void PairwiseIou_Batched_IsThatOfEachImage()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (A().view(3, 4, 4), B().view(3, 3, 4));
        var batched = Boxes.PairwiseIou(a, b);                                                      // (3, 4, 3)
        for (var i = 0; i < 3; i++)
            Assert.True(batched[i].eq(Boxes.PairwiseIou(a[i], b[i])).all().item<bool>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IouLoss_SideBySide_AgreesWithTorchvisionInGradientToo(bool complete)
    {
        using var scope = NewDisposeScope();
        var a = A().narrow(0, 0, 9).clone().requires_grad_();
        var b = B();
        b[2, 0] += 1; // where two boxes just touch, a derivative is a matter of taste
        b[2, 2] += 1;
        var loss = 1 - (complete ? Boxes.CompleteIou(a, b) : Boxes.GeneralizedIou(a, b));
        (loss * arange(1, 10, dtype: ScalarType.Float32)).sum().backward();
        Same(complete ? _numbers.Value.CompleteLoss : _numbers.Value.GeneralizedLoss, loss, Quotient);
        // Weights to 9, and derivatives by corners of boxes a pixel wide.
        var expected = complete ? _numbers.Value.CompleteGradient : _numbers.Value.GeneralizedGradient;
        var gradient = a.grad!.contiguous().data<float>().ToArray();
        for (var i = 0; i < gradient.Length; i++)
            Assert.Equal(expected[i], gradient[i], 1e-4 * expected.Max(Math.Abs));
    }

    [Theory]
    [InlineData("same", 0, 0, 0, 0, 0, 0, 0, 0)]
    [InlineData("line", 1, 1, 1, 5, 1, 1, 1, 5)]
    [InlineData("point and box", 2, 2, 2, 2, 0, 0, 4, 4)]
    [InlineData("apart", 0, 0, 0, 0, 9, 9, 9, 9)]
    public void Iou_WithoutArea_IsZeroAndEveryGradientFinite(string name, float x0, float y0, float x1, float y1, float u0, float v0, float u1, float v1)
    {
        using var scope = NewDisposeScope();
        var b = tensor(new[] { u0, v0, u1, v1 }, [1, 4]);
        foreach (var iou in new Func<Tensor, Tensor, Tensor>[] { Boxes.Iou, Boxes.GeneralizedIou, Boxes.CompleteIou })
        {
            var a = tensor(new[] { x0, y0, x1, y1 }, [1, 4], requires_grad: true);
            var value = iou(a, b);
            value.sum().backward();
            Assert.True(value.isfinite().all().item<bool>(), name);
            Assert.True(a.grad!.isfinite().all().item<bool>(), name);
        }
        Assert.Equal(0, Boxes.Iou(tensor(new[] { x0, y0, x1, y1 }, [1, 4]), b).item<float>());
    }

    [Fact]
    public void Iou_Mirrored_StaysTheSame()
    {
        using var scope = NewDisposeScope();
        static Tensor Mirror(Tensor boxes) => cat([128 - boxes.narrow(1, 2, 1), boxes.narrow(1, 1, 1), 128 - boxes.narrow(1, 0, 1), boxes.narrow(1, 3, 1)], 1);
        Same([.. Boxes.PairwiseCompleteIou(A(), B()).data<float>().Select(v => (double)v)], Boxes.PairwiseCompleteIou(Mirror(A()), Mirror(B())), 2 * Quotient);
    }

    [Fact]
    public void IsValid_BadBoxes_AreNot()
    {
        using var scope = NewDisposeScope();
        float[] boxes =
        [
            0, 0, 1, 1,
            3, 0, 1, 1,
            0, 0, 1, 0,
            float.NaN, 0, 1, 1,
            0, 0, float.PositiveInfinity, 1,
            float.NegativeInfinity, 0, float.PositiveInfinity, 1,
        ];
        Assert.Equal([true, false, false, false, false, false], Boxes.IsValid(tensor(boxes, [6, 4])).data<bool>().ToArray());
        Assert.Equal([false], Boxes.IsValid(tensor(boxes[..4], [1, 4]), smallest: 1).data<bool>().ToArray());
    }

    private static Tensor A() => tensor([.. _numbers.Value.A.SelectMany(c => c)], [12, 4]);

    private static Tensor B() => tensor([.. _numbers.Value.B.SelectMany(c => c)], [9, 4]);

    private static double Naive(float[] a, float[] b)
    {
        var width = Math.Min(a[2], b[2]) - (double)Math.Max(a[0], b[0]);
        var height = Math.Min(a[3], b[3]) - (double)Math.Max(a[1], b[1]);
        if (width <= 0 || height <= 0)
            return 0;
        return width * height / (Size(a) + Size(b) - width * height);

        static double Size(float[] c) => ((double)c[2] - c[0]) * ((double)c[3] - c[1]);
    }

    private static void Same(double[] expected, Tensor actual, double tolerance)
    {
        var values = actual.detach().contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"number {i}: {values[i]}, wanted {expected[i]}");
    }
}
