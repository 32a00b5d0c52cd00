namespace Fovea.Tests.Generation;

public class GanOptionsTests
{
    [Fact]
    public void Problems_OfTheDefaults_AreNone() => Assert.Empty(new GanOptions().Problems());

    public static TheoryData<GanOptions, string> Wrong => new()
    {
        { new() { ImageHeight = 65 }, "ImageHeight must be 16 to 64 for Dcgan; it is 65" },
        { new() { ImageWidth = 15 }, "ImageWidth must be 16 to 64 for Dcgan; it is 15" },
        { new() { Architecture = GanArchitecture.Dense, ImageWidth = 0 }, "ImageWidth must be 1 to 64 for Dense; it is 0" },
        { new() { BatchSize = 1 }, "BatchSize must be at least 2" },
        { new() { LatentSize = 0 }, "LatentSize must be 1 to 4096; it is 0" },
        { new() { Width = 513 }, "Width must be 1 to 512; it is 513" },
        { new() { DiscriminatorSteps = 0 }, "DiscriminatorSteps must be 1 to 100; it is 0" },
        { new() { DiscriminatorLearningRate = double.NaN }, "DiscriminatorLearningRate must be above 0" },
        { new() { AdamBeta1 = 1 }, "AdamBeta1 must be in [0, 1); it is 1" },
        { new() { LabelSmoothing = 0.5 }, "LabelSmoothing must be in [0, 0.5); it is 0.5" },
        { new() { LabelSmoothing = 0.1, Loss = GanLoss.Hinge }, "LabelSmoothing needs a loss with targets; Hinge has none" },
        { new() { GradientPenalty = -1 }, "GradientPenalty must be at least 0" },
        { new() { ValidationFraction = 0.1 }, "a GAN has no validation loss" },
        { new() { LatentColumn = "Image" }, "the columns must differ; 2 are 'Image'" },
        { new() { SampleFolder = "/no/such/folder" }, "SampleFolder must be an existing folder" },
        { new() { Augmentation = new Augmentation().Crop(20, 20) }, "Augmentation must keep the size of 32 x 32; it makes 20 x 20 of it" },
        { new() { Augmentation = new Augmentation().MixUp() }, "must be left out for a GAN" },
        { new() { Loss = (GanLoss)99 }, "Loss must be one of NonSaturating" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Gan_OptionOutOfBounds_SaysWhatIsWanted(GanOptions options, string problem)
    {
        var error = Assert.Throws<ArgumentException>(() => new Microsoft.ML.MLContext(0).Vision.Gan(options));
        Assert.Contains(problem, error.Message);
    }
}
