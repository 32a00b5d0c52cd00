using Fovea.Data;
using Fovea.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Training;

public sealed class TrainingLoopTests : IDisposable
{
    private readonly FakeStep _step = new();
    private readonly FakeTime _time = new();
    private readonly Reports _reports = new();
    private readonly CancellationTokenSource _source = new();
    private readonly FakeSource _training;
    private readonly FakeSource _validation;

    public TrainingLoopTests()
    {
        _training = new FakeSource(_step, "epoch", [0, 1], [2, 3], [4]);
        _validation = new FakeSource(_step, "validation", [6, 7], [8]);
    }

    public void Dispose()
    {
        _step.Dispose();
        _source.Dispose();
    }

    private TrainingOutcome Run(TrainingOptions options, IBatchSource<int[]>? validation = null) =>
        new TrainingLoop<int[]>(_step, options with { Progress = _reports, Cancellation = _source.Token }, CPU, Precision.Float32, _time).Run(_training, validation);

    [Fact]
    public void Run_TwoEpochs_TrainsThenValidatesEachInOrder()
    {
        Run(new CnnOptions { Epochs = 2 }, _validation);
        string[] epoch(int n) => [$"epoch {n}", "train 0,1", "train 2,3", "train 4", $"validation {n}", "validate 6,7", "validate 8"];
        Assert.Equal([.. epoch(1), .. epoch(2)], _step.Calls);
    }

    [Fact]
    public void Run_UnequalBatches_DividesTheSumsByTheRowsOnce()
    {
        _step.Loss = batch => batch.Length == 2 ? 1 : 10;
        var record = Run(new CnnOptions { Epochs = 1 }, _validation).History.Epochs.Single();
        // (2 x 1 + 2 x 1 + 1 x 10) / 5, where a mean of the batches' means would be 4; even are 0, 2, 4 of five and 6, 8 of three.
        Assert.Equal(14.0 / 5, record.Training[Measure.Loss], 1e-15);
        Assert.Equal(3.0 / 5, record.Training[Measure.Accuracy], 1e-15);
        Assert.Equal(2.0 / 3, record.Validation![Measure.Accuracy], 1e-15);
    }

    [Fact]
    public void Run_EveryEpoch_DrawsFromSeedPlusEpoch()
    {
        Run(new CnnOptions { Epochs = 2, Seed = 41 });
        foreach (var (epoch, first) in new[] { (1, 0), (2, 3) })
        {
            manual_seed(41 + epoch);
            using var scope = NewDisposeScope();
            Assert.Equal([.. Enumerable.Range(0, 3).Select(_ => rand(1).item<float>())], _step.Drawn.Skip(first).Take(3));
        }
    }

    [Fact]
    public void Run_LargestSeed_DoesNotOverflow()
    {
        Run(new CnnOptions { Epochs = 1, Seed = int.MaxValue });
        manual_seed(int.MaxValue + 1L);
        using var drawn = rand(1);
        Assert.Equal(drawn.item<float>(), _step.Drawn[0]);
    }

    [Fact]
    public void Run_WithASchedule_GivesEachStepItsFactor()
    {
        var outcome = Run(new CnnOptions { Epochs = 2, LearningRate = 0.5, Schedule = LearningRateSchedule.Exponential(0.125) });
        // 0.125 ^ (n / 3): every third step half of the one before. Two roundings of 64-bit numbers.
        for (var i = 0; i < 6; i++)
            Assert.Equal(Math.Pow(0.5, i), _step.Rates[i], 1e-15);
        Assert.Equal(0.125, outcome.History.Epochs[0].LearningRate, 1e-15);
        Assert.Equal(0.5 / 32, outcome.LearningRate, 1e-15);
    }

    [Fact]
    public void Run_ParametersAsked_ReportsThemAfterEverySoManyEpochs()
    {
        Run(new CnnOptions { Epochs = 5, ParametersEvery = 2 });
        var asked = _reports.All.Where(r => r.Parameters is not null).ToList();
        Assert.Equal([2, 4], asked.Select(r => r.Completed!.Epoch));
        // Three steps an epoch, each adds 1 to the one weight.
        Assert.Equal([6, 12], asked.Select(r => r.Parameters!.Single(p => p.Name == "weight").Values!.Maximum));
        Run(new CnnOptions { Epochs = 1 });
        Assert.Null(_reports.All[^1].Parameters);
    }

    [Fact]
    public void Run_ParametersAskedWithAverageWeights_ReportsThoseThatWereTrained()
    {
        Run(new CnnOptions { Epochs = 1, ParametersEvery = 1, AverageWeights = 0.5 });
        Assert.Equal(3, _reports.All[^1].Parameters!.Single().Values!.Maximum);
    }

    [Fact]
    public void Run_WithoutValidation_KeepsTheLastWeights()
    {
        var outcome = Run(new CnnOptions { Epochs = 3 });
        Assert.Equal(9, _step.Weight);
        Assert.Equal((3, TrainingEnd.Completed), (outcome.History.BestEpoch, outcome.History.End));
        Assert.All(outcome.History.Epochs, e => Assert.Null(e.Validation));
        Assert.Equal([1, 2, 3], outcome.History.Epochs.Select(e => e.Epoch));
    }

    [Fact]
    public void Run_BestEpochInTheMiddle_BringsItsWeightsAndBuffersBack()
    {
        _step.ValidationLoss = weight => Math.Abs(weight - 6.5); // weights 3, 6, 9, 12 after the epochs
        var outcome = Run(new CnnOptions { Epochs = 4 }, _validation);
        Assert.Equal((2, 4, TrainingEnd.Completed), (outcome.History.BestEpoch, outcome.History.Epochs.Count, outcome.History.End));
        Assert.Equal((6, 6), (_step.Weight, _step.Buffer));
        Assert.Equal(0.5, outcome.History.Metrics["Validation.Loss"], 1e-6); // a float32 sum of three
    }

    [Fact]
    public void Run_AverageWeights_ValidatesAndKeepsTheMovingAverageWhileTrainingGoesOn()
    {
        var validated = new List<double>();
        _step.ValidationLoss = weight => { validated.Add(weight); return 1; };
        var raw = new List<double>();
        _step.OnTrain = () => raw.Add(_step.Weight);
        Run(new CnnOptions { Epochs = 2, AverageWeights = 0.25, RestoreBestWeights = false }, _validation);
        Assert.Equal([0, 1, 2, 3, 4, 5], raw);
        var averages = new List<double> { 1 };
        for (var step = 2; step <= 6; step++)
            averages.Add(averages[^1] + (1 - Math.Min(0.25, (1.0 + step) / (10 + step))) * (step - averages[^1]));
        // Weights and counts are float64.
        Assert.Equal([averages[2], averages[2], averages[5], averages[5]], validated, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(averages[5], _step.Weight, 1e-12);
        Assert.Equal(averages[5], _step.Buffer, 1e-12);
    }

    [Theory]
    [InlineData(1, 1.0)]  // no epoch is complete: the weights as they are
    [InlineData(5, 136.0 / 52)]  // after 1, 2 and 3: 1, then 1 + 9/12 (2 - 1), then 7/4 + 9/13 (3 - 7/4), since (1 + t) / (10 + t) is below the decay
    public void Run_AverageWeightsCanceled_KeepsTheAverageOfTheLastCompleteEpoch(int at, double expected)
    {
        _step.OnTrain = () => { if (_step.Weight == at - 1) _source.Cancel(); };
        Run(new CnnOptions { AverageWeights = 0.5 });
        Assert.Equal(expected, _step.Weight, 1e-12);
    }

    [Fact]
    public void Run_EqualValidation_KeepsTheFirst() => Assert.Equal(1, Run(new CnnOptions { Epochs = 3 }, _validation).History.BestEpoch);

    [Fact]
    public void Run_RestoreBestWeightsOff_KeepsTheLast()
    {
        _step.ValidationLoss = weight => weight;
        var outcome = Run(new CnnOptions { Epochs = 3, RestoreBestWeights = false }, _validation);
        Assert.Equal((3, 9), (outcome.History.BestEpoch, _step.Weight));
    }

    [Theory]
    [InlineData(true, 2, 6)]
    [InlineData(false, 4, 12)]
    public void Run_PatienceSpent_StopsEarlyCountingFromTheBest(bool restore, int kept, double weight)
    {
        _step.ValidationLoss = w => Math.Abs(w - 6);
        var outcome = Run(new CnnOptions { Epochs = 10, Patience = 2, RestoreBestWeights = restore, ValidationFraction = 0.5 }, _validation);
        Assert.Equal((TrainingEnd.StoppedEarly, 4, kept), (outcome.History.End, outcome.History.Epochs.Count, outcome.History.BestEpoch));
        Assert.Equal(weight, _step.Weight);
    }

    [Fact]
    public void Run_PatienceSpentInTheLastEpoch_IsCompleted()
    {
        _step.ValidationLoss = w => w;
        Assert.Equal(TrainingEnd.Completed, Run(new CnnOptions { Epochs = 3, Patience = 2, ValidationFraction = 0.5 }, _validation).History.End);
    }

    [Fact]
    public void Run_LossNotANumber_StopsAfterTheEpochAtTheLatestWithTheBestWeights()
    {
        _step.Loss = batch => _step.Weight >= 4 ? double.NaN : 1;
        var outcome = Run(new CnnOptions { Epochs = 5 }, _validation);
        Assert.Equal((TrainingEnd.Diverged, 1, 2, 3), (outcome.History.End, outcome.History.BestEpoch, outcome.Epoch, outcome.Step));
        Assert.Single(outcome.History.Epochs);
        Assert.Equal(double.NaN, outcome.Loss);
        Assert.Equal(3, _step.Weight);
        Assert.DoesNotContain("validation 2", _step.Calls);
    }

    [Fact]
    public void Run_LossNotANumberSeenOnTheWay_StopsAtThatStep()
    {
        _step.Loss = _ => double.PositiveInfinity;
        _step.OnTrain = () => _time.Advance(60);
        var outcome = Run(new CnnOptions { Epochs = 5 });
        Assert.Equal((TrainingEnd.Diverged, 0, 1, 2), (outcome.History.End, outcome.History.BestEpoch, outcome.Epoch, outcome.Step));
        Assert.Equal(double.PositiveInfinity, outcome.Loss);
        Assert.Equal(["epoch 1", "train 0,1", "train 2,3"], _step.Calls);
    }

    [Fact]
    public void Run_LastStepRuinsTheWeights_IsDiverged()
    {
        // The loss of every step is finite, as it is taken before the step changes the weights.
        _step.OnTrain = () => _step.Change = _step.Drawn.Count == 6 ? double.NaN : 1;
        var outcome = Run(new CnnOptions { Epochs = 2 });
        Assert.Equal((TrainingEnd.Diverged, 1, 2), (outcome.History.End, outcome.History.BestEpoch, outcome.Epoch));
        Assert.Equal(double.NaN, outcome.Loss);
        Assert.Equal(3, _step.Weight);
    }

    [Fact]
    public void Run_ValidationLossNotANumber_IsDiverged()
    {
        _step.ValidationLoss = weight => weight > 3 ? double.NaN : 1;
        var outcome = Run(new CnnOptions { Epochs = 5 }, _validation);
        Assert.Equal((TrainingEnd.Diverged, 1, 2), (outcome.History.End, outcome.History.BestEpoch, outcome.Epoch));
        Assert.Equal(3, _step.Weight);
    }

    [Fact]
    public void Run_CanceledBefore_DoesNothing()
    {
        _source.Cancel();
        var outcome = Run(new CnnOptions());
        Assert.Equal((TrainingEnd.Canceled, 0, 0), (outcome.History.End, outcome.History.BestEpoch, outcome.Step));
        Assert.DoesNotContain(_step.Calls, c => c.StartsWith("train", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_CanceledInTheFirstEpoch_StopsAfterThatStepAndKeepsItsWeights()
    {
        _step.OnTrain = () => { if (_step.Weight == 1) _source.Cancel(); };
        var outcome = Run(new CnnOptions());
        Assert.Equal((TrainingEnd.Canceled, 0, 1, 2), (outcome.History.End, outcome.History.BestEpoch, outcome.Epoch, outcome.Step));
        Assert.Equal(2, _step.Weight);
        Assert.Equal("train 2,3", _step.Calls[^1]);
    }

    [Fact]
    public void Run_CanceledInALaterEpoch_BringsTheBestCompletedBack()
    {
        _step.ValidationLoss = weight => weight;
        _step.OnTrain = () => { if (_step.Weight == 7) _source.Cancel(); };
        var outcome = Run(new CnnOptions(), _validation);
        Assert.Equal((TrainingEnd.Canceled, 1, 2, 3), (outcome.History.End, outcome.History.BestEpoch, outcome.History.Epochs.Count, outcome.Epoch));
        Assert.Equal(3, _step.Weight);
    }

    [Fact]
    public void Run_CanceledWhileTheSourceWaits_EndsWithoutAnException()
    {
        _training.OnBatch = (i, token) =>
        {
            if (i < 2)
                return;
            _source.Cancel();
            token.ThrowIfCancellationRequested();
        };
        var outcome = Run(new CnnOptions());
        Assert.Equal((TrainingEnd.Canceled, 2), (outcome.History.End, outcome.Step));
    }

    [Fact]
    public void Run_CanceledInValidation_DoesNotCountTheEpoch()
    {
        _step.OnValidate = () => { if (_step.Weight == 6) _source.Cancel(); };
        var outcome = Run(new CnnOptions(), _validation);
        Assert.Equal((TrainingEnd.Canceled, 1, 2), (outcome.History.End, outcome.History.BestEpoch, outcome.Epoch));
        Assert.Single(outcome.History.Epochs);
        Assert.Equal(3, _step.Weight);
        Assert.Equal("validate 6,7", _step.Calls[^1]);
    }

    [Fact]
    public void Run_CanceledByTheReportOfTheLastEpoch_IsCompleted()
    {
        _reports.OnReport = r => { if (r.Completed?.Epoch == 2) _source.Cancel(); };
        Assert.Equal(TrainingEnd.Completed, Run(new CnnOptions { Epochs = 2 }).History.End);
    }

    [Fact]
    public void Run_SourceThrowsSomethingElse_PassesItOn()
    {
        _training.OnBatch = (i, _) => throw new InvalidDataException("row 7");
        Assert.Equal("row 7", Assert.Throws<InvalidDataException>(() => Run(new CnnOptions())).Message);
    }

    [Fact]
    public void Report_FastSteps_ComesOnceAnEpoch()
    {
        _step.OnTrain = () => _time.Advance(33);
        Run(new CnnOptions { Epochs = 2 });
        Assert.Equal([(1, 3), (2, 3)], _reports.All.Select(r => (r.Epoch, r.Step)));
        Assert.All(_reports.All, r => Assert.NotNull(r.Completed));
    }

    [Fact]
    public void Report_SlowSteps_ComesAfterEachAndAtTheEnd()
    {
        _step.OnTrain = () => _time.Advance(100);
        Run(new CnnOptions { Epochs = 1 });
        Assert.Equal([(1, false), (2, false), (3, false), (3, true)], _reports.All.Select(r => (r.Step, r.Completed is not null)));
    }

    [Fact]
    public void Report_StepsOfSixtyMilliseconds_ComesAfterEverySecond()
    {
        _step.OnTrain = () => _time.Advance(60);
        Run(new CnnOptions { Epochs = 2 });
        Assert.Equal([(1, 2), (1, 3), (2, 2), (2, 3)], _reports.All.Select(r => (r.Epoch, r.Step)));
    }

    [Fact]
    public void Report_OnTheWay_SaysWhereTrainingStands()
    {
        _step.Loss = batch => batch[0] + 1;
        _step.OnTrain = () => _time.Advance(120);
        _step.OnValidate = () => _time.Advance(500);
        Run(new CnnOptions { Epochs = 2, LearningRate = 0.25 }, _validation);
        var second = _reports.All.First(r => r.Step == 2);
        Assert.Equal((1, 2, 2, 3, 0.25), (second.Epoch, second.Epochs, second.Step, second.Steps, second.LearningRate));
        // Rows 0, 1 with loss 1 and rows 2, 3 with loss 3; four rows in 240 ms; two of six steps are done.
        Assert.Equal(2, second.Training[Measure.Loss], 1e-15);
        Assert.Equal([Measure.Loss, Measure.Accuracy], second.Training.Keys);
        Assert.Equal(4 / 0.24, second.ImagesPerSecond, 1e-9);
        Assert.Equal(TimeSpan.FromMilliseconds(240), second.Elapsed);
        Assert.Equal(TimeSpan.FromMilliseconds(480), second.Remaining);
        Assert.Null(second.Completed);

        var last = _reports.All[^1];
        Assert.Equal((2, 3, TimeSpan.Zero), (last.Epoch, last.Step, last.Remaining));
        // Five rows in 360 ms; validation is part of the duration, not of the speed.
        Assert.Equal(5 / 0.36, last.Completed!.ImagesPerSecond, 1e-9);
        Assert.Equal(TimeSpan.FromMilliseconds(1360), last.Completed.Duration);
    }

    [Fact]
    public void Report_Completed_IsTheHistorysRecord()
    {
        var outcome = Run(new CnnOptions { Epochs = 3 }, _validation);
        Assert.Equal(outcome.History.Epochs, _reports.Completed.Select(r => r.Completed));
    }

    [Fact]
    public void Run_Anything_LeavesNoTensorBehind()
    {
        Run(new CnnOptions { Epochs = 1 }, _validation);
        var before = Live.Tensors();
        Run(new CnnOptions { Epochs = 3, Patience = 2, ValidationFraction = 0.5 }, _validation);
        Assert.Equal(before, Tensor.TotalCount);
    }
}
