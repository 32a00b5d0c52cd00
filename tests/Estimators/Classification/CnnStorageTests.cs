using Fovea.Storage;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

public class CnnStorageTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly MLContext _ml = trained.Ml;

    private float[][] Scores(ITransformer model) => [.. model.Transform(Drawings.View(_ml, 20, seed: 4)).GetColumn<float[]>("Score")];

    [Fact]
    public void Load_WhatWasSaved_GivesTheSameBitsOptionsAndHistory()
    {
        using var folder = new TempFolder();
        var path = folder.File("model.fovea");
        _ml.Vision.Save(trained.Model, path);
        using var loaded = Assert.IsType<CnnTransformer>(new MLContext().Vision.Load(path));
        Assert.Equal(Scores(trained.Model), Scores(loaded));
        Assert.Equal(trained.Model.ClassNames, loaded.ClassNames);
        Assert.Equal(ModelJson.ToNode(trained.Model.Options).ToJsonString(), ModelJson.ToNode(loaded.Options).ToJsonString());
        Assert.Equal(ModelJson.ToNode(trained.Model.History).ToJsonString(), ModelJson.ToNode(loaded.History).ToJsonString());
        Assert.Equal(trained.Model.Input, loaded.Input);
        Assert.Equal(trained.Model.Summary.ToString(), loaded.Summary.ToString());
    }

    [Fact]
    public void Load_SavedAgain_IsTheSameFile()
    {
        using var folder = new TempFolder();
        _ml.Vision.Save(trained.Model, folder.File("first"));
        using (var loaded = _ml.Vision.LoadCnn(folder.File("first")))
            _ml.Vision.Save(loaded, folder.File("second"));
        Assert.Equal(File.ReadAllBytes(folder.File("first")), File.ReadAllBytes(folder.File("second")));
    }

    [Fact]
    public void Load_KeyLabel_PredictsAKeyAgain()
    {
        using var folder = new TempFolder();
        var view = Drawings.View(_ml, 12);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
        using (var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1 }).Fit(keyed))
            _ml.Vision.Save(model, folder.File("m"));
        using var loaded = _ml.Vision.LoadCnn(folder.File("m"));
        var predicted = loaded.Transform(view);
        Assert.IsType<KeyDataViewType>(predicted.Schema["PredictedLabel"].Type);
        var names = _ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(predicted).Transform(predicted).GetColumn<string>("Name");
        Assert.All(names, name => Assert.Contains(name, Drawings.Kinds));
    }

    [Fact]
    public void Load_OwnNetwork_NeedsItsFactory()
    {
        using var folder = new TempFolder();
        var path = folder.File("own.fovea");
        NetworkInput? asked = null;
        var options = Drawings.Options with { Epochs = 2, Network = input => { asked = input; return OwnNetworks.Normalized(input); } };
        using var model = _ml.Vision.Cnn(options).Fit(Drawings.View(_ml, 24));
        Assert.Equal(new NetworkInput(1, Drawings.Size, Drawings.Size, 3, 0), asked);
        _ml.Vision.Save(model, path);

        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Load(path));
        Assert.Contains(path, e.Message);
        Assert.Contains("factory", e.Message);

        using var loaded = _ml.Vision.LoadCnn(path, OwnNetworks.Normalized);
        Assert.Equal(Scores(model), Scores(loaded));
        // The running statistics of batch norm are buffers; without them the scores would differ.
        Assert.Contains("norm.running_var", ((IStorable)loaded).Weights().Keys);
    }

    [Fact]
    public void Load_OtherFactory_ListsTheKeys()
    {
        using var folder = new TempFolder();
        using (var model = _ml.Vision.Cnn(Drawings.Options with { Epochs = 1, Network = OwnNetworks.Normalized }).Fit(Drawings.View(_ml, 12)))
            _ml.Vision.Save(model, folder.File("m"));
        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.LoadCnn(folder.File("m"), input => new OwnNetworks.Interrupted(input, 0)));
        Assert.Contains("hidden.weight", e.Message);
        Assert.Contains("fc.weight", e.Message);
    }

    [Fact]
    public void Load_FactoryForAFileThatNamesItsNetwork_IsNotAsked()
    {
        using var folder = new TempFolder();
        _ml.Vision.Save(trained.Model, folder.File("m"));
        using var loaded = _ml.Vision.LoadCnn(folder.File("m"), _ => throw new InvalidOperationException("asked"));
        Assert.Equal(Scores(trained.Model), Scores(loaded));
    }

    [SkippableFact]
    public void Load_OntoCudaWhereThereIsNone_SaysSo()
    {
        Skip.If(cuda.is_available(), "this machine has a CUDA device");
        using var folder = new TempFolder();
        _ml.Vision.Save(trained.Model, folder.File("m"));
        Assert.Throws<InvalidOperationException>(() => _ml.Vision.Load(folder.File("m"), ComputeDevice.Cuda()));
    }

    [Fact]
    public void Load_AndDispose_LeavesNoTensor()
    {
        using var folder = new TempFolder();
        _ml.Vision.Save(trained.Model, folder.File("m"));
        long after()
        {
            _ml.Vision.LoadCnn(folder.File("m")).Dispose();
            return Tensor.TotalCount;
        }
        after();
        var before = Live.Tensors();
        var once = after() - before;
        // The package counts what a parameter is made of as alive for ever: ten of a LeNet, no more.
        Assert.True(once is 0 or 10, $"{once} more");
    }
}
