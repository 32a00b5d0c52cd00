using Fovea.Detection;
using Fovea.Detection.Networks;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

public class YoloTests
{
    [Theory]
    [InlineData(DetectionArchitecture.Yolo, 1_547_045)]           // counted in a model file by another program
    [InlineData(DetectionArchitecture.YoloResNet18, 11_790_485)]  // torchvision's resnet18 without fc, 11,176,512, and 613,973 by hand
    [InlineData(DetectionArchitecture.Localizer, 13_275_976)]     // 11,176,512 + 8192 * 256 + 256 + 257 * 8
    public void Parameters_OfThreeClasses_AreCounted(DetectionArchitecture architecture, long count)
    {
        using var network = DetectionNetworkAttribute.Of(architecture).Create(new(3, 3));
        Assert.Equal(count, network.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Predict_AnImageBesideOthers_IsTheSameAlone()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(3);
        using var network = DetectionNetworkAttribute.Of(DetectionArchitecture.Yolo).Create(new(1, 2) { Yolo = new() { Width = 16 } });
        network.eval();
        var images = randn(3, 1, 64, 96);
        const int All = 2 * (8 * 12 + 4 * 6 + 2 * 3);
        var together = Rows(network.Predict(images, new(0, All)), image: 1);
        var alone = Rows(network.Predict(images.narrow(0, 1, 1), new(0, All)), image: 0);
        Assert.Equal([All, 6], together.shape);
        // The blocks of a convolution differ with the batch, and with them the order of scores that are almost the same. So each row is
        // compared with the nearest of the others: float32's 24 bits over some twenty layers, boxes in pixels.
        var distances = (alone.unsqueeze(1) - together).abs().amax([2]);                          // (M, M)
        Assert.All([0, 1], side => Assert.InRange(distances.amin([side]).max().item<float>(), 0, 1e-3));

        // Boxes, a thousand times the class and a thousand times the score: (M, 6).
        static Tensor Rows(Candidates found, int image) =>
            cat([found.Boxes[image], 1000 * found.Labels[image].unsqueeze(1), 1000 * found.Scores[image].unsqueeze(1)], 1);
    }

    [Fact]
    public void Predict_BeforeTraining_HasLowScoresAndBoxesOfFourCells()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = DetectionNetworkAttribute.Of(DetectionArchitecture.Yolo).Create(new(3, 2) { Yolo = new() { Width = 16 } });
        network.eval();
        // A black image leaves of every layer its bias alone, but for what batch norm's are: 0.
        var found = network.Predict(zeros(1, 3, 64, 64), new(0, 1000));
        Assert.Equal(2 * (64 + 16 + 4), found.Scores.size(1));
        Assert.InRange(found.Scores.max().item<float>(), 0.0099f, 0.0101f);
        var sides = found.Boxes.select(2, 2) - found.Boxes.select(2, 0);
        Assert.Equal(32, sides.min().item<float>(), 1e-3);
        Assert.Equal(128, sides.max().item<float>(), 1e-2);
    }

    [Theory]
    [InlineData(YoloLoss.TaskAligned)]
    [InlineData(YoloLoss.Squared)]
    public void Predict_FewCandidates_AreDecodedAsAllAre(YoloLoss loss)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(4);
        using var network = DetectionNetworkAttribute.Of(DetectionArchitecture.Yolo).Create(new(3, 2) { Yolo = new() { Width = 16, Loss = loss } });
        network.eval();
        var images = randn(2, 3, 64, 96);
        var none = new DetectionTargets(zeros(2, 1, 4), zeros(2, 1, ScalarType.Int64), zeros(2, 1, ScalarType.Bool));
        var (all, few) = (network.Evaluate(images, none, new(0, 20)).Candidates, network.Predict(images, new(0, 20)));
        TensorAssert.Close(all.Scores, few.Scores, 0);
        TensorAssert.Close(all.Boxes, few.Boxes, 0);
        Assert.Equal([2, 0, 4], network.Predict(images, new(1, 20)).Boxes.shape);
    }
}
