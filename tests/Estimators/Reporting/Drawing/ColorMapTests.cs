using System.Text.Json;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class ColorMapTests
{
    // As the VOC development kit lists them.
    [Theory]
    [InlineData("background", 0, 0, 0)]
    [InlineData("aeroplane", 128, 0, 0)]
    [InlineData("bicycle", 0, 128, 0)]
    [InlineData("bird", 128, 128, 0)]
    [InlineData("boat", 0, 0, 128)]
    [InlineData("bottle", 128, 0, 128)]
    [InlineData("bus", 0, 128, 128)]
    [InlineData("car", 128, 128, 128)]
    [InlineData("cat", 64, 0, 0)]
    [InlineData("person", 192, 128, 128)]
    [InlineData("pottedplant", 0, 64, 0)]
    [InlineData("tvmonitor", 0, 64, 128)]
    public void Voc_PublishedClass_HasItsColor(string name, byte red, byte green, byte blue) => AssertColor(ColorMap.Voc, name, red, green, blue);

    [Fact]
    public void Voc_AllIndices_AreAsBySpreadBits()
    {
        var expected = Numbers().GetProperty("voc").EnumerateArray().Select(Rgb).ToList();
        Assert.Equal(expected[..255], Enumerable.Range(0, 255).Select(k => ColorMap.Voc[k]));
        Assert.Equal(expected[255], ColorMap.Voc.Ignored);
        Assert.Equal(expected.SelectMany(c => new[] { c.Item1, c.Item2, c.Item3 }), ColorMap.Voc.ToPalette());
    }

    // As SegNet's own scripts draw them.
    [Theory]
    [InlineData("Sky", 128, 128, 128)]
    [InlineData("Building", 128, 0, 0)]
    [InlineData("Pole", 192, 192, 128)]
    [InlineData("Road", 128, 64, 128)]
    [InlineData("Pavement", 60, 40, 222)]
    [InlineData("Tree", 128, 128, 0)]
    [InlineData("SignSymbol", 192, 128, 128)]
    [InlineData("Fence", 64, 64, 128)]
    [InlineData("Car", 64, 0, 128)]
    [InlineData("Pedestrian", 64, 64, 0)]
    [InlineData("Bicyclist", 0, 128, 192)]
    public void CamVid_EachClass_HasSegNetsColor(string name, byte red, byte green, byte blue)
    {
        AssertColor(ColorMap.CamVid, name, red, green, blue);
        Assert.Equal(11, ColorMap.CamVid.Count);
        Assert.Equal(((byte)0, (byte)0, (byte)0), ColorMap.CamVid.Ignored);
    }

    // As the data set's own scripts list them.
    [Theory]
    [InlineData(0, "road", 128, 64, 128)]
    [InlineData(1, "sidewalk", 244, 35, 232)]
    [InlineData(2, "building", 70, 70, 70)]
    [InlineData(3, "wall", 102, 102, 156)]
    [InlineData(4, "fence", 190, 153, 153)]
    [InlineData(5, "pole", 153, 153, 153)]
    [InlineData(6, "traffic light", 250, 170, 30)]
    [InlineData(7, "traffic sign", 220, 220, 0)]
    [InlineData(8, "vegetation", 107, 142, 35)]
    [InlineData(9, "terrain", 152, 251, 152)]
    [InlineData(10, "sky", 70, 130, 180)]
    [InlineData(11, "person", 220, 20, 60)]
    [InlineData(12, "rider", 255, 0, 0)]
    [InlineData(13, "car", 0, 0, 142)]
    [InlineData(14, "truck", 0, 0, 70)]
    [InlineData(15, "bus", 0, 60, 100)]
    [InlineData(16, "train", 0, 80, 100)]
    [InlineData(17, "motorcycle", 0, 0, 230)]
    [InlineData(18, "bicycle", 119, 11, 32)]
    public void Cityscapes_TrainId_HasItsNameAndColor(int trainId, string name, byte red, byte green, byte blue)
    {
        AssertColor(ColorMap.Cityscapes, name, red, green, blue);
        Assert.Equal(name, ColorMap.Cityscapes.ClassNames[trainId]);
        Assert.Equal(19, ColorMap.Cityscapes.Count);
    }

    [Fact]
    public void Default_255Classes_AreTheTableAndDiffer()
    {
        var numbers = Numbers();
        var map = ColorMap.Default(255);
        Assert.Equal(numbers.GetProperty("default").EnumerateArray().Select(Rgb), Enumerable.Range(0, 255).Select(k => map[k]));
        // What the documentation says of it.
        Assert.InRange(numbers.GetProperty("nearest").GetProperty("20").GetDouble(), 16, 100);
        Assert.InRange(numbers.GetProperty("nearest").GetProperty("60").GetDouble(), 8.7, 100);
        Assert.InRange(numbers.GetProperty("nearest").GetProperty("255").GetDouble(), 3.9, 100);
        Assert.Equal(((byte)230, (byte)159, (byte)0), map[0]); // Okabe and Ito's orange
    }

    [Fact]
    public void Default_MoreClasses_KeepTheColorsOfFewer() =>
        Assert.Equal(Enumerable.Range(0, 5).Select(k => ColorMap.Default(5)[k]), Enumerable.Range(0, 5).Select(k => ColorMap.Default(40)[k]));

    [Fact]
    public void Of_NamedClassesInAnotherOrder_GoByName() =>
        Assert.Equal([new Color(128, 64, 128), new Color(128, 128, 128)], ColorMap.CamVid.Of(["Road", "Sky"]));

    [Fact]
    public void Of_AClassTheMapDoesNotName_AllGoByIndex() =>
        Assert.Equal([new Color(128, 128, 128), new Color(128, 0, 0)], ColorMap.CamVid.Of(["Road", "Tram"]));

    [Fact]
    public void Of_MoreClassesThanColors_NamesTheFirstWithout()
    {
        var error = Assert.Throws<ArgumentException>(() => new ColorMap([(1, 2, 3)]).Of(["cell", "membrane"]));
        Assert.Contains("Class 1, 'membrane', has no color", error.Message);
        Assert.Contains("ColorMap.Default(2)", error.Message);
    }

    [Fact]
    public void New_BadColorsOrNames_IsRefused()
    {
        Assert.Contains("0 were given", Assert.Throws<ArgumentException>(() => new ColorMap([])).Message);
        Assert.Contains("256 were given", Assert.Throws<ArgumentException>(() => new ColorMap(new (byte, byte, byte)[256])).Message);
        Assert.Contains("2 class names for 1 colors", Assert.Throws<ArgumentException>(() => new ColorMap([(1, 2, 3)], ["a", "b"])).Message);
        Assert.Contains("'a' is there 2 times", Assert.Throws<ArgumentException>(() => new ColorMap([(1, 2, 3), (4, 5, 6)], ["a", "a"])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ColorMap.Default(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColorMap.Default(256));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColorMap.CamVid[11]);
    }

    private static void AssertColor(ColorMap map, string name, byte red, byte green, byte blue) =>
        Assert.Equal((red, green, blue), map[map.ClassNames.Index().Single(n => n.Item == name).Index]);

    private static JsonElement Numbers() => JsonDocument.Parse(File.ReadAllText(TestData.Reference("reporting/colormaps.json"))).RootElement;

    private static (byte, byte, byte) Rgb(JsonElement color) => (color[0].GetByte(), color[1].GetByte(), color[2].GetByte());
}
