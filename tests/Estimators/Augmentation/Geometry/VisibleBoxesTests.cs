namespace Fovea.Tests.Augmenting;

public class VisibleBoxesTests
{
    private sealed class NoOthers : ISampleSource
    {
        public int Count => 1;

        public void Read(int index, Sample into) => throw new InvalidOperationException();
    }

    private static Sample Sample(params SampleBox[] boxes)
    {
        var sample = new Sample(1);
        sample.Begin(10, 10, hasMask: false);
        sample.Boxes.AddRange(boxes);
        return sample;
    }

    [Fact]
    public void ClipBoxes_HalfOutside_IsCutAndRemembersItsShare()
    {
        var sample = Sample(new SampleBox(-2, 3, 2, 7, Label: 4, IsCrowd: true));
        sample.ClipBoxes();
        Assert.Equal([new SampleBox(0, 3, 2, 7, 4, true, Visible: 0.5f)], sample.Boxes);
    }

    [Theory]
    [InlineData(-3, 1)]  // a quarter is left: at the bound
    [InlineData(-3.5, 0)]
    [InlineData(-4, 0)]
    [InlineData(-9, 0)]
    public void ClipBoxes_ByDefault_KeepsAQuarter(float left, int kept)
    {
        var sample = Sample(new SampleBox(left, 3, left + 4, 7, 0));
        sample.ClipBoxes();
        Assert.Equal(kept, sample.Boxes.Count);
    }

    [Fact]
    public void ClipBoxes_Twice_MultipliesTheShares()
    {
        var sample = Sample(new SampleBox(-2, 0, 2, 4, 0));
        sample.ClipBoxes();
        sample.Boxes[0] = sample.Boxes[0] with { Y0 = -3, Y1 = 1 };
        sample.ClipBoxes();
        Assert.Empty(sample.Boxes);   // an eighth
    }

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.6, 0)]
    public void KeepBoxes_AnyPlace_HoldsForAllSteps(double least, int kept)
    {
        var sample = Sample(new SampleBox(-5, 0, 5, 10, 1));
        var description = new Augmentation().KeepBoxes(0.9).Flip(1).KeepBoxes(least);
        description.Apply(sample, new NoOthers(), new Random(0));
        sample.ClipBoxes();
        Assert.Equal(kept, sample.Boxes.Count);
        Assert.Equal(2, description.Steps.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void KeepBoxes_OutOfBounds_IsRefused(double least) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation().KeepBoxes(least));
}
