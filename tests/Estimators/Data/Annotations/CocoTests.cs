using System.Text.Json;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class CocoTests
{
    private const string Images = """[{"id": 7, "file_name": "a.jpg", "width": 4, "height": 3}, {"id": 3, "file_name": "sub/b.jpg", "width": 40, "height": 30}]""";
    private const string Categories = """[{"id": 90, "name": "zebra", "supercategory": "animal"}, {"id": 2, "name": "bus", "supercategory": "vehicle"}]""";

    internal static string Json(string annotations, string images = Images, string categories = Categories) =>
        $"{{\"info\": {{\"year\": 2014}},\n\"annotations\": {annotations},\n\"images\": {images},\n\"categories\": {categories}}}";

    internal static string Annotation(string more = "", int id = 1, int image = 7, int category = 90, string box = "[1, 1, 2, 1.5]") =>
        $"{{\"id\": {id}, \"image_id\": {image}, \"category_id\": {category}, \"bbox\": {box}{more}}}";

    private static IDataView Open(string json)
    {
        using var folder = new TempFolder();
        return Annotated.Data.FromCoco(folder.WriteText("a.json", json), "/images");
    }

    private static string Refused(string json) => Assert.Throws<InvalidDataException>(() => Open(json)).Message;

    [Fact]
    public void FromCoco_SmallFile_GivesWhatItSays()
    {
        var view = Open(Json($$"""[{{Annotation(""", "iscrowd": 1, "area": 2.5, "segmentation": {"size": [3, 4], "counts": [0, 5, 7]}""", id: 0)}}, {{Annotation(id: 9, image: 3, category: 2)}}, {{Annotation(""", "segmentation": [[1, 1, 3, 1, 3, 2.5]], "area": 1""", id: 5)}}]"""));
        Assert.Equal(["Image", "ImageWidth", "ImageHeight", "ImageId", "BoundingBoxes", "Labels", "IsCrowd", "Areas", "Segmentations", "AnnotationIds"], view.Schema.Select(c => c.Name));
        Assert.Equal(["bus", "zebra"], Annotated.ClassNames(view));
        var set = Annotated.Set(view);
        Assert.Equal([2, 90], set.CategoryIds!);
        Assert.Equal(["vehicle", "animal"], set.Supercategories!);
        Assert.Equal([(7, Path.GetFullPath("/images/a.jpg"), 4, 3), (3, Path.GetFullPath("/images/sub/b.jpg"), 40, 30)], set.Images.Select(i => ((int)i.Id, i.Path, i.Width, i.Height)));
        Assert.Equal([0, 5], set.Images[0].Objects.Select(o => o.Id));
        Assert.Equal([new SampleBox(1, 1, 3, 2.5f, 1, true), new SampleBox(1, 1, 3, 2.5f, 1)], set.Images[0].Objects.Select(o => o.Box));
        Assert.Equal([2.5f, 1], set.Images[0].Objects.Select(o => o.Area));
        Assert.Equal(["""{"size": [3, 4], "counts": [0, 5, 7]}""", "[[1, 1, 3, 1, 3, 2.5]]"], set.Images[0].Objects.Select(o => o.Segmentation.Text()));
        var other = set.Images[1].Objects.Single();
        Assert.Equal((9L, 0, 3f, ""), (other.Id, other.Box.Label, other.Area, other.Segmentation.Text()));
    }

    [Fact]
    public void FromCoco_WithoutBox_TakesTheBoundsOfTheOutline()
    {
        var boxes = Annotated.Objects(Open(Json($$"""[{{Annotation(""", "segmentation": {"size": [3, 4], "counts": [1, 1, 10]}""", box: "[]")}}, {{Annotation(""", "segmentation": [[1, 1, 3, 1, 3, 2.5]]""", id: 2, box: "null")}}]""")));
        Assert.Equal([new SampleBox(0, 1, 1, 2, 1), new SampleBox(1, 1, 3, 2.5f, 1)], boxes.Select(o => o.Box));
        Assert.Equal([1, 1.5f], boxes.Select(o => o.Area));
        Assert.Contains("neither a bbox nor a segmentation", Refused(Json($"[{Annotation(box: "null")}]")));
    }

    [Fact]
    public void FromCoco_ByteOrderMark_IsPassedOver() => Assert.Equal(2, Open("\uFEFF" + Json($"[{Annotation()}]")).GetRowCount());

    [Theory]
    [InlineData("{\"images\": [\n  {\"id\": }", "(line 2, column 10)")]
    [InlineData("", "(line 1, column 1)")]
    [InlineData("{\"a\": 1,\n\n", "(line 3, column 1)")]
    [InlineData("{} x", "(line 1, column 4)")]
    [InlineData("{\"a\": tru}", "(line 1, column ")]
    public void FromCoco_Malformed_NamesLineAndColumn(string json, string place)
    {
        var message = Refused(json);
        Assert.Contains("no JSON", message);
        Assert.Contains(place, message);
    }

    [Theory]
    [InlineData("[1]", "an object with the lists")]
    [InlineData("{}", "no list of images")]
    [InlineData("""{"images": [], "annotations": []}""", "no list of categories")]
    [InlineData("""{"images": 5}""", "a list of images is wanted")]
    [InlineData("""{"images": [5]}""", "an object in the list of images")]
    [InlineData("""{"images": [{"id": "x"}]}""", "the number id of an image is wanted, but there is a text")]
    [InlineData("""{"images": [{"id": 1.5}]}""", "whole number")]
    [InlineData("""{"images": [{"id": 1}]}""", "no file_name")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a", "width": 0}]}""", "at least 1 pixel")]
    [InlineData("""{"images": [], "annotations": [], "categories": [{"id": 1}]}""", "no name")]
    [InlineData("""{"annotations": [{"id": 1, "image_id": 2}]}""", "no category_id")]
    [InlineData("""{"annotations": [{"bbox": [1, 2, 3]}]}""", "has 3")]
    [InlineData("""{"annotations": [{"bbox": [1, 2, 3, "4"]}]}""", "but there is a text")]
    [InlineData("""{"annotations": [{"bbox": [1, 2, 3, 1e999]}]}""", "finite")]
    public void FromCoco_OtherShape_SaysWhatIsWanted(string json, string wanted) => Assert.Contains(wanted, Refused(json));

    [Fact]
    public void FromCoco_Empty_IsRefused()
    {
        Assert.Contains("lists no images", Refused(Json("[]", images: "[]")));
        Assert.Contains("lists no categories", Refused(Json("[]", categories: "[]")));
    }

    [Fact]
    public void FromCoco_IdTwice_NamesItAndItsLine()
    {
        var message = Refused(Json($"[{Annotation()},\n{Annotation()}]"));
        Assert.Contains("annotation id 1 is there twice", message);
        Assert.Contains("(line 3, column 1)", message);
        Assert.Contains("image id 7 is there twice", Refused(Json("[]", images: """[{"id": 7, "file_name": "a", "width": 1, "height": 1}, {"id": 7, "file_name": "b", "width": 1, "height": 1}]""")));
        Assert.Contains("category id 2 is there twice", Refused(Json("[]", categories: """[{"id": 2, "name": "a"}, {"id": 2, "name": "b"}]""")));
        Assert.Contains("'a' belongs to the categories 2 and 3", Refused(Json("[]", categories: """[{"id": 2, "name": "a"}, {"id": 3, "name": "a"}]""")));
    }

    [Fact]
    public void FromCoco_UnknownImageOrCategory_NamesIt()
    {
        Assert.Contains("annotation 1 is of image 8", Refused(Json($"[{Annotation(image: 8)}]")));
        Assert.Contains("annotation 1 is of category 1", Refused(Json($"[{Annotation(category: 1)}]")));
    }

    [Theory]
    [InlineData("[[1, 2, 3, 4, 5]]", "polygon 0 has 5 numbers")]
    [InlineData("[[1, 1, 2, 1, 2, 2], [1, 2, 3, 4]]", "polygon 1 has 2 points")]
    [InlineData("[[]]", "polygon 0 has 0 points")]
    [InlineData("[1, 2]", "list of polygons")]
    [InlineData("[[1, 1, 2, 1, 2, 1e9]]", "coordinate 1000000000")]
    [InlineData("\"x\"", "neither a list")]
    [InlineData("""{"size": [3, 4], "counts": [1, 2, 3]}""", "add up to 6 pixels, but the mask has 3 x 4 = 12")]
    [InlineData("""{"size": [3, 4], "counts": [1, -2, 13]}""", "whole numbers from 0")]
    [InlineData("""{"size": [4, 3], "counts": [12]}""", "is of 4 x 3 pixels (height x width), but its image has 3 x 4")]
    [InlineData("""{"size": [3, 4], "counts": "=="}""", "add up to 26")]
    [InlineData("""{"size": [3, 4], "counts": "P"}""", "end within a number")]
    [InlineData("""{"size": [3, 4], "counts": "\u0001"}""", "no number at character 0")]
    [InlineData("""{"counts": [12]}""", "need \"size\"")]
    public void FromCoco_BadSegmentation_NamesAnnotationAndReason(string segmentation, string wanted)
    {
        var message = Refused(Json($"[{Annotation($", \"segmentation\": {segmentation}", id: 77)}]"));
        Assert.Contains("the segmentation of annotation 77", message);
        Assert.Contains(wanted, message);
        Assert.Contains("(line 2, column ", message);
    }

    [Fact]
    public void FromCoco_NegativeSize_IsRefused() => Assert.Contains("box of annotation 1 ends before it begins", Refused(Json($"[{Annotation(box: "[1, 1, -1, 1]")}]")));

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../a.jpg")]
    public void FromCoco_FileNameOutside_IsRefusedUnlessAllowed(string name)
    {
        var json = Json("[]", images: $$"""[{"id": 7, "file_name": "{{name}}", "width": 4, "height": 3}]""");
        Assert.Contains("allowPathsOutside", Refused(json));
        using var folder = new TempFolder();
        Assert.Equal(1, Annotated.Data.FromCoco(folder.WriteText("a.json", json), "/images", allowPathsOutside: true).GetRowCount());
    }

    [SkippableFact]
    public void FromCoco_Val2014_HasItsCounts()
    {
        var path = TestData.Shared("data/map-fixtures/coco-val2014-100/instances_val2014_100.json");
        var view = Annotated.Data.FromCoco(path, "/images");
        var objects = Annotated.Objects(view);
        Assert.Equal((100, 839, 9, 80), (view.GetRowCount(), objects.Count, objects.Count(o => o.Box.IsCrowd), Annotated.ClassNames(view).Length));
        Assert.Equal((1, 90), (Annotated.Set(view).CategoryIds!.Min(), Annotated.Set(view).CategoryIds!.Max()));
        var byId = objects.ToDictionary(o => o.Id);
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var annotation in json.RootElement.GetProperty("annotations").EnumerateArray())
        {
            var got = byId[annotation.GetProperty("id").GetInt64()];
            double[] box = [.. annotation.GetProperty("bbox").EnumerateArray().Select(v => v.GetDouble())];
            Assert.Equal(((float)box[0], (float)box[1], (float)(box[0] + box[2]), (float)(box[1] + box[3])), (got.Box.X0, got.Box.Y0, got.Box.X1, got.Box.Y1));
            Assert.Equal((float)annotation.GetProperty("area").GetDouble(), got.Area);
            Assert.Equal(annotation.GetProperty("segmentation").GetRawText(), got.Segmentation.Text());
        }
    }

    [SkippableFact]
    public void FromCoco_ToyExample_AgreesWithItsVocFiles()
    {
        var toy = TestData.Shared("data/map-fixtures/review/toyexample");
        using var folder = new TempFolder();
        foreach (var xml in Directory.EnumerateFiles(Path.Combine(toy, "gts_vocpascal_format")))
            File.Copy(xml, folder.File("Annotations/" + Path.GetFileName(xml)));
        var voc = Annotated.Set(Annotated.Data.FromVoc(folder.Path));
        var coco = Annotated.Set(Annotated.Data.FromCoco(Path.Combine(toy, "gts_coco_format/toy_example_coco.JSON"), Path.Combine(folder.Path, "JPEGImages")));
        Assert.Equal((10, 12), (coco.Images.Count, coco.Images.Sum(i => i.Objects.Count)));
        Assert.Contains(coco.Images.SelectMany(i => i.Objects), o => o.Id == 0);
        Annotated.AssertSame(voc with { Images = [.. voc.Images.OrderBy(i => i.Path, StringComparer.Ordinal)] },
            coco with { Images = [.. coco.Images.OrderBy(i => i.Path, StringComparer.Ordinal)] }, AnnotationFields.None);
    }
}
