using System.Text.Json.Nodes;
using Fovea.Storage;

namespace Fovea.Tests.Data;

public class NormalizationTests
{
    public static TheoryData<string, Normalization> Kinds => new()
    {
        { "Auto", Normalization.Auto },
        { "Measured", Normalization.Measured },
        { "mean [0], standard deviation [1]", Normalization.ZeroToOne },
        { "mean [0.5], standard deviation [0.5]", Normalization.MinusOneToOne },
        { "mean [0.485, 0.456, 0.406], standard deviation [0.229, 0.224, 0.225]", Normalization.ImageNet },
        { "mean [0.3333], standard deviation [0.1429]", Normalization.PerChannel([1 / 3f], [1 / 7f]) },
        { "mean image", Normalization.MeanImage },
        { "ZCA whitening with epsilon 0.25", Normalization.Zca(0.25) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Json_EveryKind_ComesBackEqualAndIsSaidInWords(string words, Normalization normalization)
    {
        Assert.Equal(words, normalization.ToString());
        var back = ModelJson.FromNode<Normalization>(JsonNode.Parse(ModelJson.ToNode(normalization).ToJsonString()), "normalization", "file", new Dictionary<string, string>());
        Assert.Equal(normalization, back);
        Assert.Equal(normalization.GetHashCode(), back.GetHashCode());
        Assert.Empty(normalization.Problems(3, 8, 8));
    }

    [Fact]
    public void Equals_OtherNumbers_IsFalse()
    {
        var all = Kinds.Select(k => (Normalization)k[1]).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.NotEqual(Normalization.Zca(0.1), Normalization.Zca(0.2));
        Assert.NotEqual(Normalization.PerChannel([1], [1]), Normalization.PerChannel([1, 1, 1], [1, 1, 1]));
    }

    [Fact]
    public void PerChannel_ListChangedLater_KeepsItsNumbers()
    {
        float[] mean = [1, 2, 3];
        var normalization = Normalization.PerChannel(mean, [1]);
        mean[0] = 9;
        Assert.Equal([1, 2, 3], normalization.Mean);
    }

    public static TheoryData<string, Normalization> Bounds => new()
    {
        { "Normalization's mean must be one finite number or one for each of 3 channel(s); it is [1, 2]", Normalization.PerChannel([1, 2], [1]) },
        { "Normalization's mean must be one finite number or one for each of 3 channel(s); it is []", Normalization.PerChannel([], [1]) },
        { "Normalization's mean must be one finite number or one for each of 3 channel(s); it is [NaN]", Normalization.PerChannel([float.NaN], [1]) },
        { "Normalization's standard deviation must be one number above 0 or one for each of 3 channel(s); it is [1, 0, 1]", Normalization.PerChannel([1], [1, 0, 1]) },
        { "Normalization's standard deviation must be one number above 0 or one for each of 3 channel(s); it is [NaN]", Normalization.PerChannel([1], [float.NaN]) },
        { "Normalization's epsilon must be above 0 and finite; it is 0", Normalization.Zca(0) },
        { "Normalization's epsilon must be above 0 and finite; it is NaN", Normalization.Zca(double.NaN) },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Problems_BoundViolated_SaysWhatIsWantedAndWhatCame(string problem, Normalization normalization) => Assert.Equal([problem], normalization.Problems(3, 8, 8));

    [Fact]
    public void Problems_ZcaOfLargeImages_NamesTheLimitAndTheNumbers()
    {
        Assert.Empty(Normalization.Zca().Problems(1, 64, 64));
        Assert.Contains("at most 4096 numbers (channels times height times width); 3 x 37 x 37 are 4107", Normalization.Zca().Problems(3, 37, 37).Single());
        Assert.Single(Normalization.Zca().Problems(3, 16384, 16384)); // more than fits an int when squared
    }

    [Fact]
    public void ImageNet_GreyImages_IsAProblem() => Assert.Equal(2, Normalization.ImageNet.Problems(1, 8, 8).Count());
}
