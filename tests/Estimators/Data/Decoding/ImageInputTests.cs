using Fovea.Data;

namespace Fovea.Tests.Data;

public class ImageInputTests
{
    [Fact]
    public void Problems_EveryBoundViolated_AreAllListed()
    {
        var problems = new ImageInput(0, 20_000, 2, (ResizeMode)9).Problems().ToList();
        Assert.Equal(4, problems.Count);
        Assert.Contains("is 0", problems[0]);
        Assert.Contains("20000", problems[1]);
    }

    [Fact]
    public void Equals_SameNumbers_IsTrue()
    {
        Assert.Equal(ImageInput.Create(3, 4, 1), ImageInput.Create(3, 4, 1));
        Assert.NotEqual(ImageInput.Create(3, 4, 1), ImageInput.Create(3, 4, 3));
    }
}
