using System.Text.Json;
using Fovea.Storage;

namespace Fovea.Tests.Augmenting;

public class AugmentationTests
{
    [Fact]
    public void Shift_OnADescription_LeavesItAsItWas()
    {
        var none = new Augmentation();
        none.Shift(2).Flip();
        Assert.Empty(none.Steps);
        Assert.Equal("none", none.ToString());
    }

    [Fact]
    public void Json_RoundTrip_KeepsTheSteps()
    {
        var augmentation = new Augmentation().Shift(3, EdgeFill.Edge).Flip(0.25).VerticalFlip(0.75).Rotate90().KeepBoxes(0.4)
            .Affine(15, (0.8, 1.2), 0.1, 5, EdgeFill.Grey).Perspective(0.4, 0.3, EdgeFill.Reflect).Elastic(40, 6, EdgeFill.Color(1, 2, 3))
            .Pad(9, EdgeFill.Reflect).Crop(30, 31).CenterCrop(28, 29)
            .RandomResizedCrop((0.2, 0.9), (0.5, 2), width: 27).Mosaic(0.3, (0.4, 1.1));
        var json = JsonSerializer.Serialize(augmentation, ModelJson.Options);
        Assert.Equal(augmentation.Steps, JsonSerializer.Deserialize<Augmentation>(json, ModelJson.Options)!.Steps);
    }

    [Theory]
    [InlineData("""[{"step":"swirl"}]""", "swirl")]
    [InlineData("""[{"step":"shift","fill":"zero"}]""", "pixels")]
    [InlineData("""[{"step":"flip","probability":0.5,"axis":1}]""", "axis")]
    [InlineData("""[{"step":"shift","pixels":2,"fill":"pink"}]""", "pink")]
    [InlineData("""[{"step":"shift","pixels":2,"fill":3}]""", "text")]
    public void Json_UnknownStep_IsNamed(string json, string named) =>
        Assert.Contains(named, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Augmentation>(json, ModelJson.Options)).Message);
}
