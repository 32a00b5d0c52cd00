using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Generation;

public class GenerationMetricsTests
{
    private static readonly MLContext _ml = new(1);

    private static CnnTransformer Classifier(IDataView view) => _ml.Vision.Cnn(new CnnOptions
    {
        Architecture = CnnArchitecture.Cifar,
        Channels = ImageChannels.Grey,
        ImageHeight = 16,
        ImageWidth = 16,
        Epochs = 3,
        BatchSize = 16,
        Dropout = 0,
        Precision = Precision.Float32,
    }).Fit(view);

    private static GenerationEvaluation OfRealImages => new() { GeneratedColumn = "Image" };

    [Fact]
    public void Evaluate_OfTheRealImages_IsThatOfAPerfectGenerator()
    {
        using var discs = new Discs(40);
        using var features = Classifier(discs.View);
        var metrics = _ml.Vision.EvaluateGeneration(discs.View, discs.View, features, OfRealImages);
        // Forty images leave 25 of 64 eigenvalues 0 but for rounding, whose roots add up.
        Assert.Equal(0, metrics.FrechetDistance, 1e-4 * (1 + metrics.FrechetFloor));
        Assert.Equal((1, 1), (metrics.Precision, metrics.Recall));
        Assert.Equal([20L, 20L], metrics.ClassCounts);
        Assert.Equal(Math.Log(2), metrics.ClassEntropy, 1e-12);
        Assert.Equal(2, metrics.CoveredClasses());
        Assert.Equal((40, 40, 64), (metrics.GeneratedImages, metrics.RealImages, metrics.Features));
        Assert.Equal(["large", "small"], metrics.ClassNames);
        Assert.True(metrics.FrechetFloor > 0);
    }

    [Fact]
    public void Evaluate_OfOneClassAlone_HasNoEntropyAndLessRecall()
    {
        using var discs = new Discs(40);
        using var features = Classifier(discs.View);
        // The folder's first rows are those of the first class.
        var metrics = _ml.Vision.EvaluateGeneration(_ml.Data.TakeRows(discs.View, 20), discs.View, features, OfRealImages);
        Assert.Equal([20L, 0L], metrics.ClassCounts);
        Assert.Equal(0, metrics.ClassEntropy);
        Assert.Equal(1, metrics.CoveredClasses());
        Assert.Equal(1, metrics.Precision);
        Assert.InRange(metrics.Recall, 0.4, 0.6);
        Assert.True(metrics.FrechetDistance > 10 * metrics.FrechetFloor);
    }

    [Fact]
    public void Evaluate_AfterIt_TheClassifierPredictsAsBefore()
    {
        using var discs = new Discs(20);
        using var features = Classifier(discs.View);
        float[][] Scores() => [.. features.Transform(discs.View).GetColumn<float[]>("Score")];
        var before = Scores();
        var live = Live.Tensors();
        _ml.Vision.EvaluateGeneration(discs.View, discs.View, features, OfRealImages);
        Assert.Equal(live, Live.Tensors());
        Assert.Equal(before, Scores());
    }

    [Fact]
    public void Evaluate_TooFewImages_SaysHowMany()
    {
        using var discs = new Discs(20);
        using var features = Classifier(discs.View);
        Assert.Contains("has 9 images; at least 10", Assert.Throws<InvalidDataException>(() => _ml.Vision.EvaluateGeneration(_ml.Data.TakeRows(discs.View, 9), discs.View, features, OfRealImages)).Message);
        Assert.Contains("no image column 'GeneratedImage'", Assert.Throws<ArgumentException>(() => _ml.Vision.EvaluateGeneration(discs.View, discs.View, features)).Message);
    }
}
