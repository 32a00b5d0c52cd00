using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Tests.Training;

/// <summary>That the options reach the optimizer: against the published formulas in a loop over one weight.</summary>
public class OptimizerFactoryTests
{
    private const double Rate = 0.1;
    private const double Momentum = 0.8;
    private const double Decay = 0.25;

    // The gradient of w² / 2 is w.
    private static double[] Run(OptimizerKind kind, bool nesterov)
    {
        using var scope = NewDisposeScope();
        var weight = new TorchSharp.Modules.Parameter(tensor(new[] { 2.0 }));
        var options = new CnnOptions { Optimizer = kind, LearningRate = Rate, Momentum = Momentum, Nesterov = nesterov, WeightDecay = Decay };
        using var optimizer = OptimizerFactory.Create(options, [weight]);
        var weights = new double[6];
        for (var i = 0; i < weights.Length; i++)
        {
            // The schedule of the loop: full rate, then half.
            optimizer.SetLearningRate(i < 3 ? Rate : Rate / 2);
            optimizer.zero_grad();
            (weight * weight / 2).sum().backward();
            optimizer.step();
            weights[i] = weight.item<double>();
        }
        return weights;
    }

    private static void Check(double[] weights, Func<double, int, double> step)
    {
        var w = 2.0;
        for (var i = 0; i < weights.Length; i++)
        {
            w = step(w, i);
            Assert.Equal(w, weights[i], 1e-12); // a few roundings of 64-bit numbers
        }
    }

    private static double RateAt(int i) => i < 3 ? Rate : Rate / 2;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_Sgd_HasMomentumDecayAndNesterov(bool nesterov)
    {
        var velocity = 0.0;
        Check(Run(OptimizerKind.Sgd, nesterov), (w, i) =>
        {
            var g = w + Decay * w;
            velocity = i == 0 ? g : Momentum * velocity + g;
            return w - RateAt(i) * (nesterov ? g + Momentum * velocity : velocity);
        });
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    public void Create_Adam_HasItsDecayAndItsOwnMoments(OptimizerKind kind)
    {
        var (m, v) = (0.0, 0.0);
        Check(Run(kind, nesterov: false), (w, i) =>
        {
            var g = kind == OptimizerKind.Adam ? w + Decay * w : w;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            var kept = kind == OptimizerKind.AdamW ? w * (1 - RateAt(i) * Decay) : w;
            return kept - RateAt(i) * (m / (1 - Math.Pow(0.9, i + 1))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, i + 1))) + 1e-8);
        });
    }

    [Fact]
    public void Create_RmsProp_HasMomentumAndDecay()
    {
        var (square, velocity) = (0.0, 0.0);
        Check(Run(OptimizerKind.RmsProp, nesterov: false), (w, i) =>
        {
            var g = w + Decay * w;
            square = 0.99 * square + 0.01 * g * g;
            velocity = Momentum * velocity + g / (Math.Sqrt(square) + 1e-8);
            return w - RateAt(i) * velocity;
        });
    }
}
