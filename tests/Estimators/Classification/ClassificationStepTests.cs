using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Data;
using Fovea.Tests.Backbones;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

/// <summary>One step of a linear layer on four images of two pixels, against loops over its numbers.</summary>
public sealed class ClassificationStepTests : IDisposable
{
    private const int Classes = 3;
    private static readonly byte[] Pixels = [0, 255, 100, 30, 200, 60, 17, 240];
    private static readonly long[] Labels = [2, 0, 1, 2];
    private static readonly PixelNormalizer Normalizer = PixelNormalizer.Of(Normalization.MinusOneToOne, ImageInput.Create(1, 2, 1));

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly nn.Module<Tensor, Tensor> _network = NetworkAttribute.Of(CnnArchitecture.Perceptron).Create(new NetworkInput(1, 1, 2, Classes, 0));

    private readonly CnnOptions _options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.5, Precision = Precision.Float32 };

    public ClassificationStepTests() => Formula.Fill(_network);

    public void Dispose()
    {
        _network.Dispose();
        _scope.Dispose();
    }

    private static ImageBatch Batch() => new()
    {
        Images = tensor(Pixels, [4, 1, 1, 2], ScalarType.Byte), Labels = tensor(Labels), Count = 4, Rows = new[] { 0, 1, 2, 3 },
    };

    private ClassificationStep Step(CnnOptions options) => new(_network, Normalizer, Classes, options, CPU, Precision.Float32);

    private (double[,] Weight, double[] Bias) Parameters()
    {
        var state = _network.state_dict();
        var weight = state["fc.weight"].data<float>().ToArray();
        var w = new double[Classes, 2];
        for (var i = 0; i < weight.Length; i++)
            w[i / 2, i % 2] = weight[i];
        return (w, [.. state["fc.bias"].data<float>().Select(b => (double)b)]);
    }

    /// <summary>Mean loss, right ones, and the gradient of the loss, by the book.</summary>
    private static (double Loss, int Right, double[,] Weight, double[] Bias) Naive((double[,] Weight, double[] Bias) p, double smoothing)
    {
        var (loss, right) = (0.0, 0);
        var (dw, db) = (new double[Classes, 2], new double[Classes]);
        for (var n = 0; n < 4; n++)
        {
            double[] x = [Pixels[2 * n] / 127.5 - 1, Pixels[2 * n + 1] / 127.5 - 1];
            var logits = Enumerable.Range(0, Classes).Select(k => p.Weight[k, 0] * x[0] + p.Weight[k, 1] * x[1] + p.Bias[k]).ToArray();
            var sum = logits.Sum(Math.Exp);
            right += Array.IndexOf(logits, logits.Max()) == Labels[n] ? 1 : 0;
            for (var k = 0; k < Classes; k++)
            {
                var target = smoothing / Classes + (k == Labels[n] ? 1 - smoothing : 0);
                var probability = Math.Exp(logits[k]) / sum;
                loss -= target * Math.Log(probability) / 4;
                db[k] += (probability - target) / 4;
                dw[k, 0] += (probability - target) / 4 * x[0];
                dw[k, 1] += (probability - target) / 4 * x[1];
            }
        }
        return (loss, right, dw, db);
    }

    private void CheckMoved((double[,] Weight, double[] Bias) before, (double, int, double[,] Weight, double[] Bias) gradient, double rate)
    {
        var after = Parameters();
        for (var k = 0; k < Classes; k++)
        {
            Assert.Equal(before.Bias[k] - rate * gradient.Bias[k], after.Bias[k], 1e-6); // float32 numbers of size 1
            for (var i = 0; i < 2; i++)
                Assert.Equal(before.Weight[k, i] - rate * gradient.Weight[k, i], after.Weight[k, i], 1e-6);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Train_OneBatch_GivesTheSumsAndMovesAgainstTheGradient(double smoothing)
    {
        using var step = Step(_options with { LabelSmoothing = smoothing });
        var before = Parameters();
        var wanted = Naive(before, smoothing);
        var sums = step.Train(Batch(), rate: 0.25).data<float>().ToArray();
        Assert.Equal([Measure.Loss, Measure.Accuracy], step.Measures);
        Assert.Equal(4 * wanted.Loss, sums[0], 1e-5); // a float32 sum of size 4
        Assert.Equal(wanted.Right, sums[1]);
        CheckMoved(before, wanted, 0.5 * 0.25);
    }

    [Fact]
    public void Train_Twice_ForgetsTheFirstGradient()
    {
        using var step = Step(_options);
        step.Train(Batch(), 1);
        var between = Parameters();
        step.Train(Batch(), 1);
        CheckMoved(between, Naive(between, 0), 0.5);
    }

    [Fact]
    public void Train_ClipGradientNorm_ShortensTheStepAndKeepsItsDirection()
    {
        using var step = Step(_options with { ClipGradientNorm = 0.01 });
        var before = Parameters();
        var (loss, right, weight, bias) = Naive(before, 0);
        var norm = Math.Sqrt(weight.Cast<double>().Concat(bias).Sum(g => g * g));
        Assert.True(norm > 0.1);
        step.Train(Batch(), 1);
        CheckMoved(before, (loss, right, weight, bias), 0.5 * 0.01 / norm);
    }

    [Fact]
    public void Validate_WithSmoothing_GivesThePlainLossAndMovesNothing()
    {
        using var step = Step(_options with { LabelSmoothing = 0.3 });
        var before = Parameters();
        var wanted = Naive(before, 0);
        using var frozen = no_grad();
        var sums = step.Validate(Batch()).data<float>().ToArray();
        Assert.Equal(4 * wanted.Loss, sums[0], 1e-5); // a float32 sum of size 4
        Assert.Equal(wanted.Right, sums[1]);
        Assert.Equal(before.Bias, Parameters().Bias);
    }

    [Theory]
    [InlineData(0.5, 9, 0.4, 1, true)]
    [InlineData(0.4, 1, 0.5, 9, false)]
    [InlineData(0.5, 1, 0.5, 2, true)]
    [InlineData(0.5, 2, 0.5, 1, false)]
    [InlineData(0.5, 1, 0.5, 1, false)]
    public void IsBetter_ByAccuracyThenLoss(double accuracy, double loss, double bestAccuracy, double bestLoss, bool better)
    {
        using var step = Step(_options);
        Assert.Equal(better, step.IsBetter(
            new Dictionary<string, double> { [Measure.Accuracy] = accuracy, [Measure.Loss] = loss },
            new Dictionary<string, double> { [Measure.Accuracy] = bestAccuracy, [Measure.Loss] = bestLoss }));
    }
}
