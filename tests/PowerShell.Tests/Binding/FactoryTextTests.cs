using Fovea.PowerShell;

namespace Fovea.Tests.Binding;

public class FactoryTextTests
{
    private static T Read<T>(string text) => (T)new FactoryText(typeof(T), text).Read();

    [Fact]
    public void Schedule_Names_AreTheLibrarysFactories()
    {
        Assert.Same(LearningRateSchedule.Constant, Read<LearningRateSchedule>("constant"));
        Assert.Equal(LearningRateSchedule.OneCycle(), Read<LearningRateSchedule>("OneCycle"));
        Assert.Equal(LearningRateSchedule.OneCycle(0.1), Read<LearningRateSchedule>("OneCycle(0.1)"));
        Assert.Equal(LearningRateSchedule.Cosine(floor: 0.01), Read<LearningRateSchedule>(" cosine( floor = 1e-2 ) "));
        Assert.Equal(LearningRateSchedule.Step(5, 0.5), Read<LearningRateSchedule>("Step(5, 0.5)"));
    }

    [Fact]
    public void Normalization_Lists_AreTaken()
    {
        Assert.Equal(Normalization.PerChannel([0.5f, 0.25f], [1, 2]), Read<Normalization>("PerChannel([0.5, 0.25], [1, 2])"));
        Assert.Equal(Normalization.Zca(), Read<Normalization>("Zca"));
        Assert.Same(Normalization.ImageNet, Read<Normalization>("ImageNet"));
    }

    [Fact]
    public void Loss_Sum_IsTheLibrarysSum()
    {
        Assert.Equal(new PixelCrossEntropy { Balanced = true } + 0.5 * new DiceLoss(), Read<SegmentationLoss>("PixelCrossEntropy(Balanced=true) + 0.5 * DiceLoss"));
        Assert.Equal(new TverskyLoss { Alpha = 0.2 }, Read<SegmentationLoss>("TverskyLoss(alpha=0.2)"));
    }

    [Fact]
    public void Others_OfTheLibrary_AreTaken()
    {
        Assert.Equal(new TestTimeAugmentation { HorizontalFlip = true, Shift = 2, ShiftFill = EdgeFill.Edge }, Read<TestTimeAugmentation>("TestTimeAugmentation(HorizontalFlip=true, Shift=2, ShiftFill=edge)"));
        Assert.Equal(InputNoise.Masking(0.3), Read<InputNoise>("Masking(0.3)"));
        Assert.Equal(FasterRcnnOptions.Small, Read<FasterRcnnOptions>("Small"));
    }

    [Theory]
    [InlineData("Cycle", "'Cycle' is none")]
    [InlineData("Step", "needs its every")]
    [InlineData("Step(1.5)", "'1.5' is no Int32")]
    [InlineData("OneCycle(0.1", "a ) is missing")]
    [InlineData("OneCycle(0.1, 0.2)", "takes 1 values")]
    [InlineData("OneCycle(warm=1)", "has no warm")]
    [InlineData("Constant + Constant", "cannot be added")]
    [InlineData("Constant(1)", "takes nothing")]
    [InlineData("Constant Constant", "more than one")]
    [InlineData("", "a name is wanted")]
    public void Schedule_OtherText_SaysWhatIsPossible(string text, string why)
    {
        var error = Assert.Throws<FormatException>(() => Read<LearningRateSchedule>(text));
        Assert.Contains(why, error.Message);
        Assert.Contains("OneCycle([rise])", error.Message);
    }
}
