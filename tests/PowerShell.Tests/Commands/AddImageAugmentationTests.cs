using Fovea.PowerShell;

namespace Fovea.Tests.Commands;

public sealed class AddImageAugmentationTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Add_RotateAndFlip_IsWhatTheLibraryMakes()
    {
        var changed = (ImageDataset)Assert.Single(_session.Output(_session.Import(), new Call("Add-ImageAugmentation").With("Rotate", 10).With("Flip").With("Fill", "edge")));
        Assert.Equal(new Augmentation().Flip().Affine(rotate: 10, fill: EdgeFill.Edge).ToString(), changed.Augmentation.ToString());
    }

    [Fact]
    public void Add_Everything_MakesEachStepOnce()
    {
        var call = new Call("Add-ImageAugmentation").With("ResizedCrop", new[] { 0.5, 1 }).With("Crop", new[] { 30, 28 }).With("Pad", 2).With("Flip").With("VerticalFlip").With("Rotate90").With("Shift", 2)
            .With("Rotate", 5).With("Scale", new[] { 0.9, 1.1 }).With("Translate", 0.1).With("Shear", 3).With("Perspective", 0.2).With("Elastic", 10).With("Brightness", 0.1).With("Contrast", 0.2).With("Saturation", 0.3).With("Hue", 0.1)
            .With("Grayscale", 0.1).With("Blur", new[] { 0.1, 1 }).With("Noise", 4).With("SaltAndPepper", 0.02).With("Erase", 0.3).With("Cutout", 0.2).With("Mosaic", 0.5).With("KeepBoxes", 0.3).With("MixUp", 0.2).With("CutMix", 1);
        var changed = (ImageDataset)Assert.Single(_session.Output(_session.Import(), call));
        var expected = new Augmentation().RandomResizedCrop((0.5, 1)).Crop(30, 28).Pad(2).Mosaic(0.5).Flip().VerticalFlip().Rotate90().Shift(2).Affine(5, (0.9, 1.1), 0.1, 3).Perspective(0.2).Elastic(10)
            .ColorJitter(0.1, 0.2, 0.3, 0.1).Grayscale(0.1).Blur((0.1, 1)).GaussianNoise(4).SaltAndPepper(0.02).Erase(0.3).Cutout(0.2).KeepBoxes(0.3).MixUp(0.2).CutMix(1);
        Assert.Equal(expected.ToString(), changed.Augmentation.ToString());
    }

    [Fact]
    public void Add_Twice_AppendsInOrder()
    {
        var changed = (ImageDataset)Assert.Single(_session.Output(_session.Import(), new Call("Add-ImageAugmentation").With("Preset", "Digits"), new Call("Add-ImageAugmentation").With("Shift", 1)));
        Assert.Equal(Augmentation.ForDigits.Shift(1).ToString(), changed.Augmentation.ToString());
    }

    [Fact]
    public void Add_Split_ChangesTheTrainingPartAlone()
    {
        var parts = (ImageDatasetSplit)Assert.Single(_session.Output(_session.Import(), new Call("Split-ImageDataset"), new Call("Add-ImageAugmentation").With("Flip")));
        Assert.Equal((new Augmentation().Flip().ToString(), "none"), (parts.Train.Augmentation.ToString(), parts.Test.Augmentation.ToString()));
    }

    [Theory]
    [InlineData("Scale", new[] { 0.5 }, "two numbers")]
    [InlineData("Rotate", -3.0, "-3")]
    public void Add_OutOfBounds_SaysSo(string parameter, object value, string message)
    {
        var error = Assert.Single(_session.Run(_session.Import(), new Call("Add-ImageAugmentation").With(parameter, value)).Errors);
        Assert.Equal("InvalidArgument", error.FullyQualifiedErrorId);
        Assert.Contains(message, error.ToString());
    }

    [Fact]
    public void Add_PresetAfterOtherSteps_IsRefused()
    {
        var error = Assert.Single(_session.Run(_session.Import(), new Call("Add-ImageAugmentation").With("Flip"), new Call("Add-ImageAugmentation").At("Digits")).Errors);
        Assert.Contains("must come first", error.ToString());
    }
}
