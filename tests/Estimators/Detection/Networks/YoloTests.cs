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
        var together = network.Predict(images, new(0, 50));
        Assert.Equal([3, 50, 4], together.Boxes.shape);
        var alone = network.Predict(images.narrow(0, 1, 1), new(0, 50));
        // The blocks of a convolution differ with the batch; float32's 24 bits over some twenty layers, boxes in pixels.
        TensorAssert.Close(alone.Boxes[0], together.Boxes[1], 1e-3);
        TensorAssert.Close(alone.Scores[0], together.Scores[1], 1e-5);
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
}
