using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Storage;

namespace Fovea.Tests.Training;

public class LearningRateScheduleTests
{
    private const int Epochs = 6;
    private const int Steps = 5;

    private static readonly JsonNode PyTorch = JsonNode.Parse(File.ReadAllText(TestData.Reference("estimators/schedules.json")))!;

    public static TheoryData<string, LearningRateSchedule> Schedules => new()
    {
        { "step 2 0.3", LearningRateSchedule.Step(2, 0.3) },
        { "exponential 0.8", LearningRateSchedule.Exponential(0.8) },
        { "inverse decay 0.5 0.75", LearningRateSchedule.InverseDecay(0.5, 0.75) },
        { "cosine", LearningRateSchedule.Cosine() },
        { "cosine 0.2 0.05", LearningRateSchedule.Cosine(warmup: 0.2, floor: 0.05) },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Factor_EveryStep_IsPyTorchs(string name, LearningRateSchedule schedule)
    {
        var wanted = PyTorch[name]!.Deserialize<double[]>()!;
        Assert.Equal(Epochs * Steps, wanted.Length);
        for (var i = 0; i < wanted.Length; i++)
            // PyTorch's schedulers multiply their way from step to step and so gather roundings of 64-bit numbers.
            Assert.Equal(wanted[i], schedule.Factor((double)i / Steps, Epochs), 1e-11);
    }

    [Theory]
    [InlineData("one cycle of 10000", 0.3)]
    [InlineData("one cycle of 10000, rise 0.1", 0.1)]
    public void Factor_OneCycle_IsPyTorchsButForOneStep(string name, double rise)
    {
        var wanted = PyTorch[name]!.Deserialize<double[]>()!;
        var schedule = LearningRateSchedule.OneCycle(rise);
        for (var i = 0; i < wanted.Length; i++)
            // PyTorch has its peak one step earlier; a step of the steeper rise (1,000 steps) moves the factor by pi/2/1,000 at most.
            Assert.Equal(wanted[i], schedule.Factor(i * 250 / 10000.0 * 7, 7), 1.6e-3);
    }

    // By hand: the corners of each curve.
    public static TheoryData<LearningRateSchedule, double, int, double> Corners => new()
    {
        { LearningRateSchedule.Constant, 0, 3, 1 },
        { LearningRateSchedule.Constant, 3, 3, 1 },
        { LearningRateSchedule.Step(2), 1.99, 10, 1 },
        { LearningRateSchedule.Step(2), 2, 10, 0.1 },
        { LearningRateSchedule.Step(2, 0.5), 9.5, 10, 0.0625 },
        { LearningRateSchedule.InverseDecay(1), 0, 4, 1 },
        { LearningRateSchedule.InverseDecay(1), 3, 4, 0.25 },
        { LearningRateSchedule.InverseDecay(0.5, 2), 2, 4, 0.25 },
        { LearningRateSchedule.InverseDecay(0, 0), 2, 4, 1 },
        { LearningRateSchedule.Exponential(0.5), 2, 4, 0.25 },
        { LearningRateSchedule.Exponential(0.25), 0.5, 4, 0.5 },
        { LearningRateSchedule.Cosine(), 0, 8, 1 },
        { LearningRateSchedule.Cosine(), 4, 8, 0.5 },
        { LearningRateSchedule.Cosine(), 8, 8, 0 },
        { LearningRateSchedule.Cosine(floor: 0.2), 8, 8, 0.2 },
        { LearningRateSchedule.Cosine(warmup: 0.25), 0, 8, 0 },
        { LearningRateSchedule.Cosine(warmup: 0.25), 1, 8, 0.5 },
        { LearningRateSchedule.Cosine(warmup: 0.25), 2, 8, 1 },
        { LearningRateSchedule.Cosine(warmup: 0.25), 5, 8, 0.5 },
        { LearningRateSchedule.OneCycle(), 0, 10, 0.04 },
        { LearningRateSchedule.OneCycle(), 3, 10, 1 },
        { LearningRateSchedule.OneCycle(0.5), 2.5, 10, 0.52 },
        { LearningRateSchedule.OneCycle(), 10, 10, 4e-6 },
    };

    [Theory]
    [MemberData(nameof(Corners))]
    public void Factor_AtACorner_IsTheFormula(LearningRateSchedule schedule, double epoch, int epochs, double factor) =>
        Assert.Equal(factor, schedule.Factor(epoch, epochs), 1e-15); // one rounding of a 64-bit number near 1

    public static TheoryData<LearningRateSchedule, string[]> Bounds => new()
    {
        { LearningRateSchedule.Step(0), ["the schedule's every must be above 0; it is 0"] },
        { LearningRateSchedule.Step(-1, 0), ["the schedule's every must be above 0; it is -1", "the schedule's gamma must be in (0, 1]; it is 0"] },
        { LearningRateSchedule.Step(1, 1.1), ["the schedule's gamma must be in (0, 1]; it is 1.1"] },
        { LearningRateSchedule.Step(1, double.NaN), ["the schedule's gamma must be in (0, 1]; it is NaN"] },
        { LearningRateSchedule.InverseDecay(-1, -2), ["the schedule's gamma must be at least 0 and finite; it is -1", "the schedule's power must be at least 0 and finite; it is -2"] },
        { LearningRateSchedule.InverseDecay(double.NaN, double.NaN), ["the schedule's gamma must be at least 0 and finite; it is NaN", "the schedule's power must be at least 0 and finite; it is NaN"] },
        { LearningRateSchedule.InverseDecay(double.PositiveInfinity, double.PositiveInfinity), ["the schedule's gamma must be at least 0 and finite; it is Infinity", "the schedule's power must be at least 0 and finite; it is Infinity"] },
        { LearningRateSchedule.Exponential(0), ["the schedule's gamma must be in (0, 1]; it is 0"] },
        { LearningRateSchedule.Exponential(double.NaN), ["the schedule's gamma must be in (0, 1]; it is NaN"] },
        { LearningRateSchedule.Cosine(1, -0.1), ["the schedule's warmup must be in [0, 1); it is 1", "the schedule's floor must be in [0, 1]; it is -0.1"] },
        { LearningRateSchedule.Cosine(double.NaN, double.NaN), ["the schedule's warmup must be in [0, 1); it is NaN", "the schedule's floor must be in [0, 1]; it is NaN"] },
        { LearningRateSchedule.OneCycle(0), ["the schedule's rise must be in (0, 1); it is 0"] },
        { LearningRateSchedule.OneCycle(1), ["the schedule's rise must be in (0, 1); it is 1"] },
        { LearningRateSchedule.OneCycle(double.NaN), ["the schedule's rise must be in (0, 1); it is NaN"] },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Problems_BoundsViolated_NameEachWithWhatIsWantedAndGot(LearningRateSchedule schedule, string[] problems) =>
        Assert.Equal(problems, schedule.Problems());

    public static TheoryData<LearningRateSchedule> All => [LearningRateSchedule.Constant, LearningRateSchedule.Step(3, 1), LearningRateSchedule.InverseDecay(0, 0),
        LearningRateSchedule.Exponential(1), LearningRateSchedule.Cosine(0.99, 1), LearningRateSchedule.OneCycle(0.01)];

    [Theory]
    [MemberData(nameof(All))]
    public void Problems_OnTheBounds_AreNone(LearningRateSchedule schedule) => Assert.Empty(schedule.Problems());

    [Theory]
    [MemberData(nameof(All))]
    public void Json_EverySchedule_ComesBackEqual(LearningRateSchedule schedule)
    {
        var node = ModelJson.ToNode(schedule);
        Assert.Equal(schedule, ModelJson.FromNode<LearningRateSchedule>(node, "schedule", "file", new Dictionary<string, string>()));
    }
}
