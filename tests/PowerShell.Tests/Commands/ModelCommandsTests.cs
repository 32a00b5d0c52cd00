using System.Management.Automation;
using Fovea.PowerShell;

namespace Fovea.Tests.Commands;

public sealed class ModelCommandsTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Measure_HeldOutPart_IsTakenWhereNoneIsNamed()
    {
        // PowerShell reads $parts.Test before the pipeline runs, so the parameter arrives as null.
        var measured = (ClassificationMeasurement)Assert.Single(_session.Output(_session.Import(), new Call("Split-ImageDataset").With("OutVariable", "parts"), ModuleSession.Train(20), new Call("Measure-ImageModel").With("Dataset", null!).With("Top", 2)));
        var parts = Assert.IsType<ImageDatasetSplit>(Assert.Single((List<object>)_session.Session.Variables["parts"]));
        Assert.Same(parts.Test, measured.Dataset);
        Assert.Equal(7, measured.ConfusionMatrix.Rows.Sum(r => r.Total));
        Assert.Equal(measured.Accuracy, measured.ConfusionMatrix.Rows.Sum(r => r.Right) / 7.0);
        Assert.InRange(measured.TopAccuracy, measured.Accuracy, 1);
    }

    [Fact]
    public void Measure_NoDataAtAll_SaysWhatToDo()
    {
        var error = Assert.Single(_session.Session.Send([_session.Model()], new Call("Measure-ImageModel")).Errors);
        Assert.Contains("-Dataset", error.ToString());
        Assert.IsType<ImageModel>(error.TargetObject);
    }

    [Fact]
    public void Measure_OtherClasses_IsRefused()
    {
        var model = _session.Model();
        Directory.Delete(_session.File("letters/c/.."), recursive: true);
        var other = _session.Dataset("abd");
        var error = Assert.Single(_session.Session.Send([model], new Call("Measure-ImageModel").At(other)).Errors);
        Assert.Contains("a, b, d", error.ToString());
        Assert.Contains("a, b, c", error.ToString());
    }

    [Fact]
    public void Export_ThenImport_PredictsTheSame()
    {
        var model = _session.Model();
        var file = (FileInfo)Assert.Single(_session.Session.Send([model], new Call("Export-ImageModel").At("m.fovea")).Output);
        Assert.Equal(file.FullName, model.Path);
        var read = (ImageModel)Assert.Single(_session.Session.Send([file], new Call("Import-ImageModel")).Output);
        Assert.Equal("m", read.Name);
        var path = _session.File("letters/a/00.png");
        ImagePrediction Predict(ImageModel by) => (ImagePrediction)Assert.Single(_session.Output(new Call("Invoke-ImageModel").At(by).At(path)));
        Assert.Equal(Predict(model).Scores, Predict(read).Scores);
    }

    [Fact]
    public void Export_FileThere_NeedsForceAndWhatIfWritesNothing()
    {
        var model = _session.Model();
        Assert.Single(_session.Session.Send([model], new Call("Export-ImageModel").At("m.fovea").With("WhatIf")).WhatIf);
        Assert.False(File.Exists(_session.File("m.fovea")));
        File.WriteAllText(_session.File("m.fovea"), "precious");
        Assert.Equal("FileExists", Assert.Single(_session.Session.Send([model], new Call("Export-ImageModel").At("m.fovea")).Errors).FullyQualifiedErrorId);
        Assert.Empty(_session.Session.Send([model], new Call("Export-ImageModel").At("m.fovea").With("Force")).Errors);
    }

    [Fact]
    public void Import_NoModel_IsAnErrorThatNamesTheFile()
    {
        File.WriteAllText(_session.File("bad.fovea"), "no model");
        var error = Assert.Single(_session.Run(new Call("Import-ImageModel").At("bad.fovea")).Errors);
        Assert.Equal(("InvalidData", _session.File("bad.fovea")), (error.FullyQualifiedErrorId, error.TargetObject));
    }

    [Fact]
    public void Invoke_ABadImageAmongMany_IsOneErrorAndTheOthersArePredicted()
    {
        var model = _session.Model();
        File.WriteAllText(_session.File("letters/b/05.png"), "no image");
        File.Delete(_session.File("letters/c/01.png"));
        Directory.CreateDirectory(_session.File("letters/c/01.png"));
        var files = Directory.EnumerateFileSystemEntries(_session.File("letters"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Cast<object>().ToList();
        var result = _session.Session.Send(files, new Call("Invoke-ImageModel").At(model));
        Assert.Equal([_session.File("letters/b/05.png"), _session.File("letters/c/01.png")], result.Errors.Select(e => e.TargetObject));
        Assert.Equal(34, result.Output.Count);
        Assert.Equal(files.Cast<string>().Except(result.Errors.Select(e => (string)e.TargetObject)), result.Output.Cast<ImagePrediction>().Select(p => p.Path));
    }

    [Fact]
    public void Invoke_PathsBytesAndDataset_AgreeOnTheSameImage()
    {
        var model = _session.Model();
        var path = _session.File("letters/a/00.png");
        var byPath = (ImagePrediction)_session.Session.Send([path], new Call("Invoke-ImageModel").At(model)).Output.Single();
        var byFile = (ImagePrediction)_session.Session.Send([new FileInfo(path)], new Call("Invoke-ImageModel").At(model)).Output.Single();
        var byBytes = (ImagePrediction)_session.Session.Send([File.ReadAllBytes(path)], new Call("Invoke-ImageModel").At(model)).Output.Single();
        var bySet = (ImagePrediction)_session.Session.Send([_session.Dataset()], new Call("Invoke-ImageModel").At(model)).Output[0];
        Assert.Equal(byPath.Scores, byFile.Scores);
        Assert.Equal(byPath.Scores, byBytes.Scores);
        // The set's batch has other images beside it: sums in another order.
        Assert.Equal(byPath.Scores[0].Score, bySet.Scores[0].Score, 1e-5);
        Assert.Equal((path, null, path, "a"), (byPath.Path, byBytes.Path, bySet.Path, bySet.TrueLabel));
        Assert.Equal(1, byPath.Scores.Sum(s => s.Score), 1e-5);
        Assert.Equal((byPath.Scores[0].Label, byPath.Scores[0].Score), (byPath.Label, byPath.Score));
    }

    [Fact]
    public void Summary_Perceptron_IsItsLayer()
    {
        var layers = _session.Session.Send([_session.Model()], new Call("Get-ImageModelSummary")).Output.Cast<LayerSummary>().ToList();
        Assert.Equal(3 * 785, layers.Sum(l => l.Parameters));
    }

    [Fact]
    public void Compare_TwoModels_RanksTheBetterFirst()
    {
        var parts = (ImageDatasetSplit)Assert.Single(_session.Output(_session.Import(), new Call("Split-ImageDataset")));
        var poor = (ImageModel)_session.Session.Send([parts], ModuleSession.Train(1).With("LearningRate", 1e-9)).Output.Single();
        var good = (ImageModel)_session.Session.Send([parts], ModuleSession.Train(30)).Output.Single();
        var ranked = _session.Session.Send([poor, good], new Call("Compare-ImageModel").At(parts.Train)).Output.Cast<ModelComparison>().ToList();
        Assert.Equal([1, 2], ranked.Select(r => r.Place));
        Assert.Same(good, ranked[0].Model);
        Assert.True(ranked[0].Value > ranked[1].Value);
        Assert.Equal("Accuracy", ranked[0].Metric);
    }

    [Fact]
    public void Runtime_Here_IsDescribedAndUsable()
    {
        var runtime = (TorchRuntime)Assert.Single(_session.Output(new Call("Get-TorchRuntime")));
        Assert.Equal("cpu", runtime.Devices[0]);
        Assert.InRange(runtime.Threads, 1, 1024);
        var test = (TorchRuntimeTest)Assert.Single(_session.Output(new Call("Test-TorchRuntime")));
        Assert.Equal((true, "", ""), (test.IsUsable, test.Problem, test.Advice));
        Assert.Equal(true, Assert.Single(_session.Output(new Call("Test-TorchRuntime").With("Quiet"))));
    }

    [Theory]
    [InlineData("libtorch_cpu.so: cannot open shared object file", "libtorch-dev")]
    [InlineData("/x/libfovea.so: not there", "FOVEA_NATIVE")]
    [InlineData("libgomp.so.1: cannot open", "libgomp1")]
    [InlineData("something else", "./build.sh module")]
    public void Advice_WhatTheLoaderSays_NamesTheWayOut(string problem, string advice) => Assert.Contains(advice, NativeAdvice.For(problem));
}
