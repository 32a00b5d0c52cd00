using System.Management.Automation;
using Fovea.PowerShell;

namespace Fovea.Tests.Commands;

public sealed class InvokeTrainCnnTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Train_Letters_GivesAModelWithItsData()
    {
        var model = (ImageModel)Assert.Single(_session.Output(_session.Import(), new Call("Split-ImageDataset"), ModuleSession.Train(3)));
        Assert.Equal((ImageTask.Classification, "Perceptron", 3, TrainingEnd.Completed), (model.Task, model.Architecture, model.History.Epochs.Count, model.History.End));
        Assert.Equal(["a", "b", "c"], model.ClassNames);
        Assert.Equal((29L, 7L), (model.TrainingDataset!.Rows, model.TestDataset!.Rows));
        // 28 x 28 weights and a bias for each class.
        Assert.Equal(3 * ((28 * 28) + 1), model.Parameters);
    }

    [Fact]
    public void Train_Seed_GivesTheBitsThatTheLibraryGives()
    {
        var dataset = _session.Dataset();
        var model = (ImageModel)Assert.Single(_session.Session.Send([dataset], ModuleSession.Train().With("Seed", 5)).Output);
        using var twin = new Microsoft.ML.MLContext(5).Vision.Cnn(new CnnOptions { Architecture = CnnArchitecture.Perceptron, Channels = ImageChannels.Grey, Epochs = 2, BatchSize = 8, Precision = Precision.Float32, Seed = 5 }).Fit(dataset.View);
        Assert.Equal(twin.History.Epochs.Select(e => e.Training[Measure.Loss]), model.History.Epochs.Select(e => e.Training[Measure.Loss]));
    }

    [Fact]
    public void Train_PassThruEpochs_PutsOutEachEpochBeforeTheModel()
    {
        var output = _session.Output(_session.Import(), ModuleSession.Train(3).With("PassThruEpochs"));
        Assert.Equal([1, 2, 3], output.OfType<EpochRecord>().Select(e => e.Epoch));
        Assert.IsType<ImageModel>(output[^1]);
    }

    [Fact]
    public void Train_Running_SaysALineAnEpochAndEndsItsProgress()
    {
        var result = _session.Run(_session.Import(), ModuleSession.Train(3));
        Assert.Equal(3, result.Verbose.Count(v => v.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].Record.RecordType);
        Assert.All(result.Progress[..^1], p => Assert.InRange(p.Record.PercentComplete, 0, 100));
        Assert.StartsWith("epoch 1/3", result.Progress[0].Record.StatusDescription);
    }

    [Fact]
    public void Train_Checkpoint_IsWrittenAndCanBeRead()
    {
        _session.Output(_session.Import(), ModuleSession.Train().With("Checkpoint", "run.fovea"));
        var model = (ImageModel)Assert.Single(_session.Output(new Call("Import-ImageModel").At("*.fovea")));
        Assert.Equal((2, _session.File("run.fovea")), (model.History.Epochs.Count, model.Path));
    }

    [Fact]
    public void Train_CheckpointThere_NeedsForce()
    {
        File.WriteAllText(_session.File("run.fovea"), "precious");
        var error = Assert.Single(_session.Run(_session.Import(), ModuleSession.Train().With("Checkpoint", "run.fovea")).Errors);
        Assert.Equal(("FileExists", ErrorCategory.ResourceExists), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Equal("precious", File.ReadAllText(_session.File("run.fovea")));
        _session.Output(_session.Import(), ModuleSession.Train().With("Checkpoint", "run.fovea").With("Force"));
        Assert.NotEqual("precious", File.ReadAllText(_session.File("run.fovea")));
    }

    [Fact]
    public void Train_Stopped_SavesTheBestWeightsAndWritesNothingMore()
    {
        var call = ModuleSession.Train(100_000).With("Checkpoint", "stopped.fovea").With("PassThruEpochs");
        var dataset = _session.Dataset();
        PipelineResult? result = null;
        var pipeline = new Thread(() => result = _session.Session.Run(new Call("Import-ImageDataset").At("letters"), call));
        using var begun = new ManualResetEventSlim();
        pipeline.Start();
        Assert.True(SpinWait.SpinUntil(() => _session.Session.Output.OfType<EpochRecord>().Any(), TimeSpan.FromSeconds(60)));
        _session.Session.Stop();
        Assert.True(pipeline.Join(TimeSpan.FromSeconds(60)));
        Assert.Empty(result!.Errors);
        Assert.Empty(result.Output.OfType<ImageModel>());
        var saved = (ImageModel)Assert.Single(_session.Output(new Call("Import-ImageModel").At("stopped.fovea")));
        Assert.Equal(TrainingEnd.Canceled, saved.History.End);
        Assert.InRange(saved.History.BestEpoch, 1, 99_999);
    }

    [Fact]
    public void Train_WhatIf_TellsThePlanAndTrainsNothing()
    {
        var result = _session.Run(_session.Import(), ModuleSession.Train(50).With("Checkpoint", "no.fovea").With("WhatIf"));
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        var plan = Assert.Single(result.WhatIf);
        Assert.Contains("Train Perceptron on letters for 50 epochs", plan);
        Assert.Contains("36 of 3 classes, 8 a step", plan);
        Assert.Contains("parameters  2,355", plan);
        Assert.Contains("MACs        2,352", plan);
        Assert.Matches("time        about [0-9]", plan);
        Assert.False(File.Exists(_session.File("no.fovea")));
    }

    [Fact]
    public void Train_AsJob_GivesTheModelAsItsResult()
    {
        var job = (Job)Assert.Single(_session.Output(_session.Import(), ModuleSession.Train().With("AsJob")));
        Assert.True(job.Finished.WaitOne(TimeSpan.FromSeconds(60)));
        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        Assert.Same(job, Assert.Single(_session.Session.Jobs.GetItems()));
        Assert.Equal(2, ((ImageModel)Assert.Single(job.Output).BaseObject).History.Epochs.Count);
        Assert.Equal(2, job.Verbose.Count(v => v.Message.StartsWith("epoch ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Train_JobStopped_EndsWithoutAResult()
    {
        var job = (Job)Assert.Single(_session.Output(_session.Import(), ModuleSession.Train(100_000).With("AsJob")));
        job.StopJob();
        Assert.Equal((JobState.Stopped, 0), (job.JobStateInfo.State, job.Output.Count));
    }

    [Fact]
    public void Train_JobThatFails_HasTheError()
    {
        var job = (Job)Assert.Single(_session.Output(_session.Import("a b".Replace(" ", "")), ModuleSession.Train().With("InitialWeights", "nowhere.safetensors").With("AsJob")));
        Assert.True(job.Finished.WaitOne(TimeSpan.FromSeconds(60)));
        Assert.Equal(JobState.Failed, job.JobStateInfo.State);
        Assert.Equal("PathNotFound", Assert.Single(job.Error).FullyQualifiedErrorId);
    }

    [Fact]
    public void Train_OptionsOutOfBounds_AreAllNamedInTheLibrarysWords()
    {
        var error = Assert.Single(_session.Run(_session.Import(), ModuleSession.Train(0).With("LearningRate", -1)).Errors);
        Assert.Equal(("InvalidArgument", ErrorCategory.InvalidArgument), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("Epochs must be at least 1; it is 0", error.ToString());
        Assert.Contains("LearningRate must be above 0 and finite; it is -1", error.ToString());
        Assert.IsType<ImageDataset>(error.TargetObject);
    }

    [Fact]
    public void Train_ScheduleAsText_BecomesTheLibrarys()
    {
        var model = (ImageModel)Assert.Single(_session.Output(_session.Import(), ModuleSession.Train().With("Schedule", "OneCycle(0.4)").With("Normalization", "ZeroToOne")));
        Assert.Equal((LearningRateSchedule.OneCycle(0.4), Normalization.ZeroToOne), (model.Options.Schedule, ((CnnOptions)model.Options).Normalization));
    }

    [Fact]
    public void Train_Diverging_IsAnErrorWithAnIdOfItsOwn()
    {
        var error = Assert.Single(_session.Run(_session.Import(), ModuleSession.Train(40).With("LearningRate", 1e38).With("Optimizer", "Sgd")).Errors);
        Assert.Equal("TrainingDiverged", error.FullyQualifiedErrorId);
    }
}
