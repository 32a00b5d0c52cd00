using System.Text.Json.Nodes;
using Fovea.Storage;

namespace Fovea.Tests.Training;

public class TrainingHistoryTests
{
    private static TrainingHistory History(int best) => new()
    {
        Epochs =
        [
            new() { Epoch = 1, LearningRate = 0.5, Training = new Dictionary<string, double> { ["Loss"] = 2, ["Accuracy"] = 0.25 }, ImagesPerSecond = 100, Duration = TimeSpan.FromSeconds(3) },
            new()
            {
                Epoch = 2, LearningRate = 0.25, Training = new Dictionary<string, double> { ["Loss"] = 1, ["Accuracy"] = 0.5 },
                Validation = new Dictionary<string, double> { ["Loss"] = 1.5, ["Accuracy"] = 0.375 }, ImagesPerSecond = double.PositiveInfinity, Duration = TimeSpan.FromMilliseconds(1),
            },
        ],
        BestEpoch = best,
        End = TrainingEnd.StoppedEarly,
        Device = "cuda:1",
        Precision = Precision.BFloat16,
    };

    [Fact]
    public void Metrics_BestEpochWithValidation_HasBoth() =>
        Assert.Equal(new Dictionary<string, double> { ["Training.Loss"] = 1, ["Training.Accuracy"] = 0.5, ["Validation.Loss"] = 1.5, ["Validation.Accuracy"] = 0.375 }, History(2).Metrics);

    [Fact]
    public void Metrics_BestEpochWithoutValidation_HasTraining() =>
        Assert.Equal(new Dictionary<string, double> { ["Training.Loss"] = 2, ["Training.Accuracy"] = 0.25 }, History(1).Metrics);

    [Fact]
    public void Metrics_NoEpoch_AreNone() => Assert.Empty(History(0).Metrics);

    [Fact]
    public void Json_History_ComesBack()
    {
        var text = ModelJson.ToNode(History(2)).ToJsonString();
        var back = ModelJson.FromNode<TrainingHistory>(JsonNode.Parse(text), "history", "file", new Dictionary<string, string>());
        Assert.Equal(text, ModelJson.ToNode(back).ToJsonString());
        Assert.Equal((2, TrainingEnd.StoppedEarly, "cuda:1", Precision.BFloat16), (back.Epochs.Count, back.End, back.Device, back.Precision));
        Assert.Equal(double.PositiveInfinity, back.Epochs[1].ImagesPerSecond);
        Assert.Null(back.Epochs[0].Validation);
    }

    [Fact]
    public void Json_ClassCounts_ComeBackInOrderAndMayBeMissing()
    {
        const long Pixels = 6_000_000_000; // more than 32 bits hold
        var node = ModelJson.ToNode(History(2) with { ClassCounts = new Dictionary<string, long> { ["sky"] = Pixels, ["Ærø \"x\" & 猫"] = 0 } });
        Assert.Equal([("sky", Pixels), ("Ærø \"x\" & 猫", 0)], Read(node).ClassCounts.Select(c => (c.Key, c.Value)));
        // As a version that did not count them wrote it.
        node.AsObject().Remove("classCounts");
        Assert.Empty(Read(node).ClassCounts);

        static TrainingHistory Read(JsonNode node) => ModelJson.FromNode<TrainingHistory>(JsonNode.Parse(node.ToJsonString()), "history", "file", new Dictionary<string, string>());
    }
}
