using Fovea.Data;
using Fovea.Detection;
using Fovea.Detection.Losses;
using Fovea.Detection.Networks;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

/// <summary>Against tests/Reference/estimators/yolo.py, which assigns by loops and differentiates by PyTorch in float64.</summary>
public class YoloLossTests
{
    private const int N = 3, K = 3, H = 64, W = 96;

    private sealed record Case(double[][]? Assigned, double[] Losses, double[] Raw, double[] Classes);

    private sealed record LocalizerCase(double[] Losses, double[] Object, double[] Box, double[] Classes);

    private sealed record Numbers(int Cells, float[][][] Objects, Case CompleteIou, Case GeneralizedIou, Case Squared, LocalizerCase Localizer);

    private static readonly Lazy<Numbers> _numbers = new(() => Expected.Read<Numbers>("yolo.json"));

    [Theory]
    [InlineData(BoxSimilarity.CompleteIou)]
    [InlineData(BoxSimilarity.GeneralizedIou)]
    public void TaskAligned_LossAndGradient_AgreeWithPyTorch(BoxSimilarity similarity)
    {
        using var scope = NewDisposeScope();
        var expected = similarity == BoxSimilarity.CompleteIou ? _numbers.Value.CompleteIou : _numbers.Value.GeneralizedIou;
        var (raw, logits, output) = Output(4);
        var losses = TaskAlignedLoss.Compute(output, Targets(), similarity);
        losses.sum().backward();
        Same(expected.Losses, losses);
        Same(expected.Raw, raw.grad!);
        Same(expected.Classes, logits.grad!);
    }

    [Fact]
    public void TaskAligned_Assignment_AgreesWithLoops()
    {
        using var scope = NewDisposeScope();
        var (_, _, output) = Output(4);
        var assigned = TaskAlignedAssignment.Of(output, Targets());
        var wanted = new double[N * _numbers.Value.Cells * K];
        foreach (var a in _numbers.Value.CompleteIou.Assigned!)
            wanted[((int)a[0] * _numbers.Value.Cells + (int)a[1]) * K + (int)_numbers.Value.Objects[(int)a[0]][(int)a[2]][4]] = a[3];
        Same(wanted, assigned.Scores);
        Assert.Equal(_numbers.Value.CompleteIou.Assigned!.Length, assigned.HasObject.sum().item<long>());
        foreach (var a in _numbers.Value.CompleteIou.Assigned!)
            Assert.Equal(_numbers.Value.Objects[(int)a[0]][(int)a[2]][..4], assigned.Boxes[(int)a[0], (int)a[1]].data<float>().ToArray());
    }

    [Fact]
    public void Squared_LossAndGradient_AgreeWithPyTorch()
    {
        using var scope = NewDisposeScope();
        var (raw, logits, output) = Output(5);
        var losses = SquaredLoss.Compute(output, Targets());
        losses.sum().backward();
        Same(_numbers.Value.Squared.Losses, losses);
        Same(_numbers.Value.Squared.Raw, raw.grad!);
        Same(_numbers.Value.Squared.Classes, logits.grad!);
    }

    [Fact]
    public void Localizer_LossAndGradient_AgreeWithPyTorch()
    {
        using var scope = NewDisposeScope();
        var there = (Index(N, 0.7548776662466927) * 2 - 1).requires_grad_();
        var box = Index(N * 4, 0.5698402909980532).view(N, 4).clone().requires_grad_();
        var logits = (Index(N * K, 0.4656).view(N, K) * 4 - 2).requires_grad_();
        var losses = Localizer.Losses(there, box, logits, Targets(), H, W);
        losses.sum().backward();
        Same(_numbers.Value.Localizer.Losses, losses);
        Same(_numbers.Value.Localizer.Object, there.grad!);
        Same(_numbers.Value.Localizer.Box, box.grad!);
        Same(_numbers.Value.Localizer.Classes, logits.grad!);
    }

    [Theory]
    [InlineData(YoloLoss.TaskAligned)]
    [InlineData(YoloLoss.Squared)]
    public void Losses_NoObjectInTheBatch_AreThoseOfTheBackgroundAlone(YoloLoss loss)
    {
        using var scope = NewDisposeScope();
        var (raw, logits, output) = Output(loss == YoloLoss.Squared ? 5 : 4);
        var none = new DetectionTargets(zeros(N, 1, 4), zeros(N, 1, ScalarType.Int64), zeros(N, 1, ScalarType.Bool));
        var losses = loss == YoloLoss.Squared ? SquaredLoss.Compute(output, none) : TaskAlignedLoss.Compute(output, none, BoxSimilarity.CompleteIou);
        losses.sum().backward();
        Assert.Equal(0, losses[0].item<float>());
        // No box is pulled anywhere; only scores go down.
        Assert.Equal(0, raw.grad!.narrow(2, 0, 4).abs().max().item<float>());
        // The squared loss draws the objectness to 0 from both sides.
        var pushed = loss == YoloLoss.Squared ? raw.grad!.select(2, 4) * raw.select(2, 4).sign() : logits.grad!;
        Assert.True(pushed.min().item<float>() > 0);
    }

    [Fact]
    public void TaskAligned_ManyObjects_IsTheSameInParts()
    {
        using var scope = NewDisposeScope();
        // So many pairs of objects and cells that each image is done by itself: 50,000 * 378 cells are above 2^24.
        var cells = YoloCells.Of([(48, 72), (24, 36), (12, 18)], empty(2, 3, 384, 576));
        var count = cells.Centers.size(0);
        var raw = Index(2 * (int)count * 4, 0.7548776662466927).view(2, count, 4);
        var output = YoloOutput.Of(raw, Index(2 * (int)count * K, 0.5698402909980532).view(2, count, K) - 2, cells);
        const int many = 3000;
        var corner = Index(2 * many * 2, 0.3819660112501051).view(2, many, 2) * 300;
        var targets = new DetectionTargets(cat([corner, corner + 30], 2), zeros(2, many, ScalarType.Int64), ones(2, many, ScalarType.Bool));
        var together = TaskAlignedAssignment.Of(output, targets);
        for (var n = 0; n < 2; n++)
        {
            var alone = TaskAlignedAssignment.Of(output with { Boxes = output.Boxes.narrow(0, n, 1), Classes = output.Classes.narrow(0, n, 1) },
                new(targets.Boxes.narrow(0, n, 1), targets.Labels.narrow(0, n, 1), targets.Exist.narrow(0, n, 1)));
            TensorAssert.Same(alone.Scores[0], together.Scores[n]);
        }
    }

    private static (Tensor Raw, Tensor Logits, YoloOutput Output) Output(int numbers)
    {
        var cells = YoloCells.Of([(8, 12), (4, 6), (2, 3)], empty(N, 3, H, W));
        var count = _numbers.Value.Cells;
        var raw = (Index(N * count * numbers, 0.7548776662466927).view(N, count, numbers) * 2 - 0.5f).requires_grad_();
        var logits = (Index(N * count * K, 0.5698402909980532).view(N, count, K) * 4 - 3).requires_grad_();
        return (raw, logits, YoloOutput.Of(raw, logits, cells));
    }

    internal static DetectionTargets Targets()
    {
        using var boxes = new BoxBatch([.. _numbers.Value.Objects.SelectMany((objects, n) => objects.Select(o => (new SampleBox(o[0], o[1], o[2], o[3], (int)o[4]), n)))]);
        return DetectionTargets.Of(boxes, N, CPU);
    }

    private static Tensor Index(int count, double step) => tensor(Enumerable.Range(0, count).Select(i => (float)(i * step % 1)).ToArray());

    private static void Same(double[] expected, Tensor actual)
    {
        // PyTorch's numbers are float64, ours float32; u^6 makes six bits of an IoU's 20 good ones uncertain.
        var room = 2e-5 * Math.Max(1e-3, expected.Max(Math.Abs));
        var values = actual.detach().contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], room);
    }
}
