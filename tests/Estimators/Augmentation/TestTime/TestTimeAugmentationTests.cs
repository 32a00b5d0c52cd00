using System.Text.Json.Nodes;
using Fovea.Data;
using Fovea.Storage;

namespace Fovea.Tests.Augmenting;

public class TestTimeAugmentationTests
{
    [Fact]
    public void Json_EveryProperty_ComesBack()
    {
        var description = new TestTimeAugmentation
        {
            HorizontalFlip = true, VerticalFlip = true, Shift = 3, ShiftFill = EdgeFill.Edge, CropRatio = 1.25, Combination = ViewCombination.Vote,
        };
        foreach (var wanted in new[] { description, TestTimeAugmentation.None, TestTimeAugmentation.TenCrop })
        {
            var json = ModelJson.ToNode(wanted).ToJsonString();
            Assert.Equal(wanted, ModelJson.FromNode<TestTimeAugmentation>(JsonNode.Parse(json), "options", "file", new Dictionary<string, string>()));
        }
        Assert.Equal(100, description.Views);
        Assert.Equal((1, 10), (TestTimeAugmentation.None.Views, TestTimeAugmentation.TenCrop.Views));
    }

    [Theory]
    [InlineData(1, 28, 28)]
    [InlineData(1.25, 35, 35)]
    [InlineData(2, 56, 56)]
    [InlineData(1.05, 29, 29)] // 29.4
    public void Enlarge_Ratio_IsRoundedToPixels(double ratio, int height, int width)
    {
        var input = ImageInput.Create(28, 28, 3, ResizeMode.Crop);
        Assert.Equal(input with { Height = height, Width = width }, new TestTimeAugmentation { CropRatio = ratio }.Enlarge(input));
    }

    public static TheoryData<string, TestTimeAugmentation> Bounds => new()
    {
        { "TestTime.Shift must be 0 to 15 pixels, less than the image; it is 16", new() { Shift = 16 } },
        { "TestTime.Shift must be 0 to 15 pixels, less than the image; it is -1", new() { Shift = -1 } },
        { "TestTime.Combination must be one of Mean, Vote; it is 9", new() { Combination = (ViewCombination)9 } },
        { "TestTime.CropRatio must be 1 to 2; it is 2.5", new() { CropRatio = 2.5 } },
        { "TestTime.CropRatio must be 1 to 2; it is NaN", new() { CropRatio = double.NaN } },
        { "TestTime.CropRatio must make 16 x 20 larger by a pixel at least, and no side longer than 16384; 1.01 makes it 16 x 20", new() { CropRatio = 1.01 } },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Problems_BoundViolated_SaysWhatIsWantedAndWhatCame(string problem, TestTimeAugmentation description)
    {
        Assert.Equal([problem], description.Problems(16, 20));
        Assert.Equal([problem], new CnnOptions { Architecture = CnnArchitecture.LeNet, ImageHeight = 16, ImageWidth = 20, TestTime = description }.Problems());
    }

    [Fact]
    public void Problems_OnTheBounds_AreNone()
    {
        Assert.Empty(new TestTimeAugmentation { Shift = 15, CropRatio = 2 }.Problems(16, 20));
        Assert.Empty(TestTimeAugmentation.TenCrop.Problems(224, 224));
    }
}
