using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Learning rates and momenta after each step, against PyTorch (tests/Reference/torchsharp/schedulers.py).</summary>
public class SchedulerTests
{
    private static readonly Rows Reference =
        JsonSerializer.Deserialize<Rows>(File.ReadAllText(TestData.Reference("torchsharp/schedulers.json")), JsonSerializerOptions.Web)!;

    private static readonly Dictionary<string, Func<Optimizer, LRScheduler>> Cases = new()
    {
        ["StepLR"] = o => StepLR(o, 3, 0.5),
        ["ExponentialLR"] = o => ExponentialLR(o, 0.9),
        ["MultiStepLR"] = o => MultiStepLR(o, [2, 5, 9], 0.3),
        ["ConstantLR"] = o => ConstantLR(o, 0.25, 4),
        ["LinearLR"] = o => LinearLR(o, 0.2, 0.8, 6),
        ["PolynomialLR"] = o => PolynomialLR(o, 8, 2.0),
        ["CosineAnnealingLR"] = o => CosineAnnealingLR(o, 5, 0.001),
        ["LambdaLR"] = o => LambdaLR(o, epoch => 1 / (1 + 0.3 * epoch)),
        ["MultiplicativeLR"] = o => MultiplicativeLR(o, epoch => 1 - 0.05 * epoch),
        ["OneCycleLR"] = o => OneCycleLR(o, [0.4], total_steps: 12),
        ["OneCycleLR_three_phases"] = o => OneCycleLR(o, 0.4, epochs: 3, steps_per_epoch: 5, pct_start: 0.25, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true, div_factor: 10, final_div_factor: 100),
        ["OneCycleLR_adam"] = o => OneCycleLR(o, 0.4, total_steps: 10, base_momentum: 0.7, max_momentum: 0.99),
        ["CyclicLR"] = o => CyclicLR(o, 0.01, 0.3, 3, 2, cycle_momentum: false),
        ["CyclicLR_halved"] = o => CyclicLR(o, 0.01, 0.3, 2, mode: impl.CyclicLR.Mode.Triangular2, cycle_momentum: false),
        ["ReduceLROnPlateau"] = o => ReduceLROnPlateau(o, factor: 0.5, patience: 2),
        ["ReduceLROnPlateau_max"] = o => ReduceLROnPlateau(o, "max", 0.2, 1, 0.1, "abs", 2, [0.01, 0.002]),
        ["SequentialLR"] = o => SequentialLR(o, [LinearLR(o, 0.1, total_iters: 4), CosineAnnealingLR(o, 8)], [4]),
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Fact]
    public void Cases_OfTheReference_AreAllTested() =>
        Assert.Equal(Reference.Cases.Keys.Order(StringComparer.Ordinal), Cases.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Schedule_HasPyTorchsRatesAndMomenta(string name)
    {
        using var scope = NewDisposeScope();
        // TorchSharp 0.106.0 takes the phase of a second group from the number of the group.
        using var optimizer = name.StartsWith("OneCycle") ? OneGroup(adam: name.EndsWith("_adam")) : TwoGroups();
        var schedule = Cases[name](optimizer);
        var rows = Reference.Cases[name];
        for (var step = 0; step < rows.Length; step++)
        {
            if (step > 0 && name.StartsWith("Reduce")) schedule.step(Reference.Metric[step - 1]);
            else if (step > 0) schedule.step();
            var groups = optimizer.ParamGroups.ToList();
            var numbers = groups.ConvertAll(group => group.LearningRate);
            if (rows[step].Length > groups.Count) numbers.AddRange(groups.Select(Momentum));
            for (var i = 0; i < numbers.Count; i++)
                // Double arithmetic in another order of operations.
                Assert.True(Math.Abs(numbers[i] - rows[step][i]) <= 1e-14, $"{name}, step {step}, number {i}: {numbers[i]:r}, PyTorch has {rows[step][i]:r}");
        }
    }

    [Theory]
    [InlineData("StepLR")]
    [InlineData("MultiStepLR")]
    [InlineData("ExponentialLR")]
    [InlineData("LinearLR")]
    [InlineData("PolynomialLR")]
    [InlineData("CosineAnnealingLR")]
    public void Schedule_SteppedToAnEpoch_IsWhereSingleStepsLead(string name)
    {
        using var scope = NewDisposeScope();
        using var optimizer = TwoGroups();
        var schedule = Cases[name](optimizer);

        schedule.step(4);

        Assert.Equal(Reference.Cases[name][4][0], optimizer.ParamGroups.First().LearningRate, 1e-15);
        Assert.Equal(optimizer.ParamGroups.Select(group => group.LearningRate), schedule.get_last_lr());
    }

    [Fact]
    public void ReduceLROnPlateau_SteppedWithoutMetric_Throws()
    {
        using var scope = NewDisposeScope();
        using var optimizer = TwoGroups();
        var schedule = ReduceLROnPlateau(optimizer);
        Assert.Throws<InvalidOperationException>(() => schedule.step());
    }

    [Theory]
    [InlineData("least", "rel")]
    [InlineData("min", "relative")]
    public void ReduceLROnPlateau_OfAnUnknownMode_Throws(string mode, string threshold)
    {
        using var scope = NewDisposeScope();
        using var optimizer = TwoGroups();
        Assert.Throws<ArgumentException>(() => ReduceLROnPlateau(optimizer, mode, threshold_mode: threshold));
    }

    [Fact]
    public void OneCycleLR_WithoutANumberOfSteps_Throws()
    {
        using var scope = NewDisposeScope();
        using var optimizer = TwoGroups();
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.1));
    }

    private static Optimizer TwoGroups() => optim.SGD([new SGD.ParamGroup([One()], 0.1, 0.9), new SGD.ParamGroup([One()], 0.03, 0.9)], 1);

    private static Optimizer OneGroup(bool adam) => adam ? optim.Adam([One()], 0.1) : optim.SGD([One()], 0.1, 0.9);

    private static Parameter One() => new(zeros(1));

    private static double Momentum(ILearningRateController group) => group is IBetas betas ? betas.Betas.Item1 : ((IMomentum)group).Momentum;

    private sealed record Rows(double[] Metric, Dictionary<string, double[][]> Cases);
}
