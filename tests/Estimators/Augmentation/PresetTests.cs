using System.Text.Json;
using Fovea.Storage;

namespace Fovea.Tests.Augmenting;

public class PresetTests
{
    private static readonly Dictionary<string, Augmentation> Presets = new()
    {
        ["classification"] = Augmentation.ForClassification,
        ["segmentation"] = Augmentation.ForSegmentation,
        ["detection"] = Augmentation.ForDetection,
        ["autoencoding"] = Augmentation.ForAutoencoding,
        ["generation"] = Augmentation.ForGeneration,
        ["digits"] = Augmentation.ForDigits,
    };

    public static IEnumerable<object[]> All { get; } = [.. Presets.Keys.SelectMany(name => new object[][] { [name, 1], [name, 3] })];

    private sealed class Others(int height, int width) : ISampleSource
    {
        public int Count => 5;

        public void Read(int index, Sample into)
        {
            into.Begin(height, width, hasMask: true);
            into.Pixels.Fill((byte)(index * 50));
            into.Mask.Fill((byte)index);
            into.Boxes.Add(new SampleBox(5, 6, 15, 16, index));
        }
    }

    private static Sample Run(string name, int channels, int seed, int height = 40, int width = 56)
    {
        var sample = Pictures.Sample(Pictures.Image(height, width, channels), height, width, channels);
        Presets[name].Apply(sample, new Others(height, width), Pictures.Random(seed));
        return sample;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Apply_AnySeed_KeepsTheSizeAndChangesTheImage(string name, int channels)
    {
        Assert.Equal((40, 56), Presets[name].SizeAfter(40, 56));
        var results = new HashSet<string>();
        for (var seed = 0; seed < 12; seed++)
        {
            var sample = Run(name, channels, seed);
            Assert.Equal((40, 56), (sample.Height, sample.Width));
            foreach (var box in sample.Boxes)
                Assert.True(box.X0 >= 0 && box.Y0 >= 0 && box.X1 <= 56 && box.Y1 <= 40 && box.Width > 0 && box.Height > 0);
            Assert.Equal(Convert.ToHexString(sample.Pixels), Convert.ToHexString(Run(name, channels, seed).Pixels));
            results.Add(Convert.ToHexString(sample.Pixels));
        }
        // A flip alone has two results.
        Assert.True(name == "generation" ? results.Count == 2 : results.Count >= 8, $"{results.Count} results");
    }

    [Fact]
    public void MixingProblem_OfEveryPreset_IsNone() => Assert.All(Presets.Values, p => Assert.Null(p.MixingProblem("any task")));

    [Fact]
    public void Detection_OfABox_KeepsItsSidesUpright()
    {
        // Without rotation and shear a box is scaled alike in both directions: its shape stays where no edge cuts it. The mosaic scales
        // alike too, but cuts, so it is left out.
        var withoutMosaic = new Augmentation(Presets["detection"].Steps[1..]);
        Assert.IsType<Mosaic>(Presets["detection"].Steps[0]);
        var uncut = Enumerable.Range(0, 60).Select(seed =>
        {
            var sample = Pictures.Sample(Pictures.Image(80, 80, 3), 80, 80, 3);
            sample.Boxes.Clear();
            sample.Boxes.Add(new SampleBox(30, 35, 50, 45, 1));
            withoutMosaic.Apply(sample, new Others(80, 80), Pictures.Random(seed));
            return sample.Boxes.Single();
        }).ToList();
        Assert.All(uncut, box => Assert.Equal(2, box.Width / box.Height, 1e-3f)); // float32
        Assert.Contains(uncut, box => box.Width < 14);
        Assert.Contains(uncut, box => box.Width > 26);
    }

    [Fact]
    public void Json_OfEveryPreset_IsReadBack()
    {
        foreach (var preset in Presets.Values)
            Assert.Equal(preset.Steps, JsonSerializer.Deserialize<Augmentation>(JsonSerializer.Serialize(preset, ModelJson.Options), ModelJson.Options)!.Steps);
    }
}
