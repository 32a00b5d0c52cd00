using Fovea.Data;
using Fovea.Storage;
using Fovea.Tests.Backbones;
using Fovea.Training;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

/// <summary>Weights that PyTorch wrote: tests/Reference/estimators/weights.py.</summary>
public class InitialWeightsTests
{
    private readonly MLContext _ml = new(seed: 1);

    // A step of 1e-30 changes no weight: what is in the model is what it began with.
    private static CnnOptions Begin(string file) => Drawings.Options with
    {
        InitialWeights = TestData.Reference($"estimators/{file}"), Optimizer = OptimizerKind.Sgd, LearningRate = 1e-30, Epochs = 1,
    };

    private IDataView View(int classes) => _ml.Data.LoadFromEnumerable(Drawings.Make(15).Select((d, i) => new Drawing { Image = d.Image, Label = $"{i % classes}" }));

    private static Dictionary<string, float[]> Weights(CnnTransformer model) =>
        ((IStorable)model).Weights().ToDictionary(w => w.Key, w => w.Value.cpu().contiguous().data<float>().ToArray());

    private static Dictionary<string, float[]> Wanted(CnnTransformer model)
    {
        using var network = Fovea.Backbones.NetworkAttribute.Of(CnnArchitecture.LeNet).Create(new NetworkInput(1, 16, 16, model.ClassNames.Count, 0));
        Formula.Fill(network);
        return network.state_dict().ToDictionary(w => w.Key, w => w.Value.data<float>().ToArray());
    }

    [SkippableTheory]
    [InlineData("lenet.pth", 0)]
    [InlineData("lenet.safetensors", 1.0 / 2048)] // float16 has 11 bits
    public void Fit_SameClasses_BeginsWithEveryWeight(string file, double relative)
    {
        Skip.If(file.EndsWith(".pth", StringComparison.Ordinal) && NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var model = _ml.Vision.Cnn(Begin(file)).Fit(View(5));
        foreach (var (key, wanted) in Wanted(model))
            for (var i = 0; i < wanted.Length; i++)
                Assert.Equal(wanted[i], Weights(model)[key][i], Math.Abs(wanted[i]) * relative + (relative > 0 ? 1e-7 : 0)); // subnormal in float16 below 6e-5
    }

    [SkippableTheory]
    [InlineData("lenet.pth")]
    [InlineData("lenet.safetensors")]
    public void Fit_OtherClasses_BeginsTheLastLayerAnewAndSaysSo(string file)
    {
        Skip.If(file.EndsWith(".pth", StringComparison.Ordinal) && NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        using var model = _ml.Vision.Cnn(Begin(file)).Fit(View(3));
        var (wanted, weights) = (Wanted(model), Weights(model));
        Assert.Equal(84 * 3, weights["fc3.weight"].Length);
        Assert.NotEqual(wanted["fc3.bias"], weights["fc3.bias"]);
        foreach (var key in wanted.Keys.Where(k => !k.StartsWith("fc3", StringComparison.Ordinal)))
            Assert.Equal(wanted[key].Sum(), weights[key].Sum(), 0.02); // float16 sums; another key's sum differs by more
        Assert.Contains(lines, l => l.Contains("begun anew: fc3.weight, fc3.bias", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_WeightsOfAnotherNetwork_ListsWhatDoesNotFit()
    {
        var e = Assert.Throws<InvalidDataException>(() => _ml.Vision.Cnn(Begin("lenet.safetensors") with { Architecture = CnnArchitecture.Cifar }).Fit(View(3)));
        Assert.Contains("conv1.weight ((6, 1, 5, 5) in the file, (32, 1, 5, 5) in the network)", e.Message);
        Assert.Contains("conv3.weight", e.Message);
        Assert.Contains("same architecture", e.Message);
    }

    [Fact]
    public void Fit_NoSuchFile_NamesIt()
    {
        var e = Assert.Throws<FileNotFoundException>(() => _ml.Vision.Cnn(Drawings.Options with { InitialWeights = "nowhere.safetensors" }).Fit(View(3)));
        Assert.Contains("nowhere.safetensors", e.Message);
    }

    [Fact]
    public void Fit_GreyWithInitialWeights_MeasuresItsNormalization()
    {
        using var model = _ml.Vision.Cnn(Begin("lenet.safetensors")).Fit(View(3));
        var random = new Random(0);
        var pixels = Enumerable.Range(0, 15).SelectMany(i => Drawings.Pixels(Drawings.Kinds[i % 3], random)).ToList();
        var mean = pixels.Average(p => p / 255.0);
        Assert.Equal(mean, model.Normalization.Mean.Single(), 1e-6); // a float32 of a mean of 3,840 values
        Assert.Equal(Math.Sqrt(pixels.Average(p => (p / 255.0 - mean) * (p / 255.0 - mean))), model.Normalization.StdDev.Single(), 1e-6);
    }

    [Fact]
    public void Fit_SavedModel_BeginsWithItsWeightsAndMeasuresItsOwnNormalization()
    {
        using var folder = new TempFolder();
        var options = Drawings.Options with { Channels = ImageChannels.Rgb, Epochs = 1, Normalization = Normalization.MeanImage };
        using var first = _ml.Vision.Cnn(options).Fit(View(3));
        var path = folder.File("first.fovea");
        _ml.Vision.Save(first, path);
        using var second = _ml.Vision.Cnn(options with { InitialWeights = path, Optimizer = OptimizerKind.Sgd, LearningRate = 1e-30, Normalization = Normalization.Auto }).Fit(View(3));
        Assert.Equal(NormalizationKind.PerChannel, second.Normalization.Kind);
        Assert.NotEqual(Normalization.ImageNet, second.Normalization);
        var (before, after) = (((IStorable)first).Weights(), ((IStorable)second).Weights());
        Assert.Contains(before.Keys, k => k.StartsWith(PixelNormalizer.Prefix, StringComparison.Ordinal));
        Assert.All(after.Where(w => w.Value.is_floating_point() && !w.Key.Contains("running")), w => TensorAssert.Same(before[w.Key], w.Value, w.Key));
    }

    [Fact]
    public void Fit_RgbWithInitialWeights_TakesImageNetsNormalization()
    {
        using var folder = new TempFolder();
        // A small network of three channels writes the weights of the next.
        var options = Drawings.Options with { Channels = ImageChannels.Rgb, Epochs = 1 };
        using var first = _ml.Vision.Cnn(options).Fit(View(3));
        var path = folder.File("rgb.safetensors");
        using (var stream = File.Create(path))
            SafetensorsFile.Write(stream, ((IStorable)first).Weights());
        using var second = _ml.Vision.Cnn(options with { InitialWeights = path }).Fit(View(3));
        Assert.Equal(Normalization.ImageNet, second.Normalization);
        Assert.NotEqual(Normalization.ImageNet, first.Normalization);
        using var third = _ml.Vision.Cnn(options with { InitialWeights = path, Normalization = Normalization.Measured }).Fit(View(3));
        Assert.Equal(first.Normalization, third.Normalization);
    }
}
