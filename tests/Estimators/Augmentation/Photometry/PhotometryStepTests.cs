using System.Text.Json;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Tests.Data;
using Microsoft.ML;

namespace Fovea.Tests.Augmenting;

/// <summary>What all photometric steps have in common.</summary>
public class PhotometryStepTests
{
    private static Augmentation All() => new Augmentation().ColorJitter(0.4, 0.3, 0.2, 0.1, 0.9).Grayscale(0.2).Blur((0.2, 1.5), 0.8).GaussianNoise(7, 0.6)
        .SaltAndPepper(0.03, 0.4).Erase(0.7, (0.05, 0.4), (0.5, 2), EraseFill.Noise, ignoreInMask: true).Cutout(0.3, 0.45, EraseFill.Black, true);

    [Fact]
    public void Json_RoundTrip_KeepsTheSteps()
    {
        var json = JsonSerializer.Serialize(All(), ModelJson.Options);
        Assert.Equal(All().Steps, JsonSerializer.Deserialize<Augmentation>(json, ModelJson.Options)!.Steps);
    }

    [Theory]
    [InlineData("""[{"step":"colorJitter","brightness":0.1,"contrast":0,"saturation":0,"hue":0}]""", "probability")]
    [InlineData("""[{"step":"blur","leastSigma":1,"probability":1}]""", "mostSigma")]
    [InlineData("""[{"step":"gaussianNoise","deviation":1,"probability":1,"mean":3}]""", "mean")]
    public void Json_WithANumberMissingOrTooMany_NamesIt(string json, string named) =>
        Assert.Contains(named, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Augmentation>(json, ModelJson.Options)).Message);

    [Fact]
    public void ToString_OfAll_NamesEveryStep() => Assert.Equal(
        "colors (brightness 0.4, contrast 0.3, saturation 0.2, hue 0.1, 0.9), grey 0.2, blur 0.2 to 1.5 (0.8), noise of deviation 7 (0.6), salt and pepper 0.03 (0.4), erase 0.05 to 0.4 (0.7), cutout 0.3 (0.45)",
        All().ToString());

    public static TheoryData<string, string> Refused { get; } = new()
    {
        { "brightness", "0 to 10" }, { "contrast", "0 to 10" }, { "saturation", "0 to 10" }, { "hue", "0 to 0.5" }, { "probability", "0 to 1" },
        { "sigma", "0.1 <= least <= most <= 25" }, { "deviation", "0 to 255" }, { "share", "0 to 1" },
        { "scale", "0 <= least <= most <= 1" }, { "ratio", "0.01 <= least <= most <= 100" }, { "fill", "Mean, Black, Noise" }, { "side", "0 to 1" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void OutOfBounds_IsRefusedWithWhatIsWanted(string name, string wanted)
    {
        var none = new Augmentation();
        var calls = name switch
        {
            "brightness" => [() => none.ColorJitter(brightness: -0.1), () => none.ColorJitter(brightness: double.NaN)],
            "contrast" => [() => none.ColorJitter(contrast: 10.1)],
            "saturation" => [() => none.ColorJitter(saturation: -1)],
            "hue" => [() => none.ColorJitter(hue: 0.51)],
            "probability" => [() => none.ColorJitter(probability: 1.1), () => none.Grayscale(-0.1), () => none.Blur(probability: 2), () => none.GaussianNoise(1, double.NaN),
                () => none.SaltAndPepper(0.1, 3), () => none.Erase(1.5), () => none.Cutout(0.5, -1)],
            "sigma" => [() => none.Blur((0, 1)), () => none.Blur((double.NaN, 1)), () => none.Blur((2, 1)), () => none.Blur((2, 26)), () => none.Blur((2, double.NaN))],
            "deviation" => [() => none.GaussianNoise(-1), () => none.GaussianNoise(256)],
            "share" => [() => none.SaltAndPepper(1.1)],
            "scale" => [() => none.Erase(scale: (-0.1, 1)), () => none.Erase(scale: (0.5, 0.4)), () => none.Erase(scale: (0.5, 1.1))],
            "ratio" => [() => none.Erase(ratio: (0, 1)), () => none.Erase(ratio: (1, 101))],
            "fill" => [() => none.Erase(fill: (EraseFill)7), () => none.Cutout(fill: (EraseFill)7)],
            _ => new Func<Augmentation>[] { () => none.Cutout(1.5), () => none.Cutout(double.NaN) },
        };
        foreach (var call in calls)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => call());
            Assert.Equal(name, error.ParamName);
            Assert.Contains(wanted, error.Message);
            Assert.Contains($"Actual value was {error.ActualValue}", error.Message);
        }
    }

    [Fact]
    public void Epoch_AnyNumberOfThreads_GivesTheSameBits()
    {
        var view = Samples.View(new MLContext(1), 40);
        string? first = null;
        foreach (var threads in new[] { 1, 2, 5 })
        {
            using var loader = new BatchLoader(ImageSet.Open(view, "Image", "Label", Samples.Input(), new LoaderOptions { Threads = threads }), 7, seed: 4, shuffle: true, All());
            var epochs = string.Concat(Enumerable.Range(0, 2).SelectMany(epoch => loader.Epoch(epoch)).Select(b => Convert.ToHexString(b.Images.bytes)));
            Assert.Equal(first ??= epochs, epochs);
        }
    }
}
