using System.Text.Json;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class WriterTests
{
    private const AnnotationFields OfVoc = AnnotationFields.Difficult | AnnotationFields.Truncated | AnnotationFields.Pose;
    private const AnnotationFields OfCoco = AnnotationFields.ImageId | AnnotationFields.Crowd | AnnotationFields.Area | AnnotationFields.Segmentation | AnnotationFields.AnnotationId;

    private static TempFolder Voc()
    {
        var folder = new TempFolder();
        folder.WriteText("voc/Annotations/a.xml", VocTests.Xml(VocTests.Object("dog", "1.1 2 30 40.125", "<pose>Left</pose><truncated>1</truncated><difficult>1</difficult>") + VocTests.Object("cat", "5 6 5 6"), "a.pgm"));
        folder.WriteText("voc/Annotations/b.xml", VocTests.Xml(VocTests.Object("x &lt; &amp; \"y\"", "0 0 100 80"), "b.pgm"));
        folder.WriteImage("voc/JPEGImages/a.pgm", 100, 80);
        folder.WriteImage("voc/JPEGImages/b.pgm", 100, 80);
        return folder;
    }

    private static readonly AnnotatedSet Crossing = new(["person", "bus"],
    [
        new("/images/a.jpg", 8, 6,
        [
            new(new SampleBox(1, 1, 5, 4, 0)),
            new(new SampleBox(2, 2, 7, 5, 1)) { Segmentation = "[[2, 2, 7, 2, 7, 5, 2, 5]]"u8.ToArray() },
            new(new SampleBox(0, 5, 8, 6, 1, true)) { Segmentation = """{"size": [6, 8], "counts": [5, 1, 5, 1, 36]}"""u8.ToArray() },
            new(new SampleBox(-3, -3, 0.4f, 1.6f, 0)),
        ]),
    ], AnnotationFields.Crowd | AnnotationFields.Segmentation);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SaveAsVoc_ReadBack_IsTheSame(bool oneBased)
    {
        using var folder = Voc();
        var view = Annotated.Data.FromVoc(folder.File("voc"));
        Annotated.Data.SaveAsVoc(view, folder.File("out/voc"), "some", oneBased, copyImages: true);
        var back = Annotated.Data.FromVoc(folder.File("out/voc"), "some", oneBased: oneBased);
        Annotated.AssertSame(Annotated.Set(view), Annotated.Set(back), OfVoc);
        Assert.All(back.GetColumn<string>("Image"), path => Assert.True(File.Exists(path) && path.StartsWith(folder.File("out"), StringComparison.Ordinal)));
    }

    [Fact]
    public void SaveAsVoc_ImagesLeft_AreNamedWhereTheyAre()
    {
        using var folder = Voc();
        var view = Annotated.Data.FromVoc(folder.File("voc"));
        Annotated.Data.SaveAsVoc(view, folder.File("out"));
        Assert.Throws<InvalidDataException>(() => Annotated.Data.FromVoc(folder.File("out")));
        Assert.Equal(view.GetColumn<string>("Image"), Annotated.Data.FromVoc(folder.File("out"), "train", allowPathsOutside: true).GetColumn<string>("Image"));
    }

    [Fact]
    public void SaveAsCoco_FromVocAndBack_IsTheSame()
    {
        using var folder = Voc();
        var view = Annotated.Data.FromVoc(folder.File("voc"));
        Annotated.Data.SaveAsCoco(view, folder.File("out/a.json"), folder.File("out/images"), copyImages: true);
        var coco = Annotated.Data.FromCoco(folder.File("out/a.json"), folder.File("out/images"));
        Annotated.AssertSame(Annotated.Set(view), Annotated.Set(coco), OfVoc);
        Assert.Equal([1, 2, 3], Annotated.Objects(coco).Select(o => o.Id));
        Annotated.Data.SaveAsVoc(coco, folder.File("again"), copyImages: true);
        Annotated.AssertSame(Annotated.Set(view), Annotated.Set(Annotated.Data.FromVoc(folder.File("again"), "train")), OfVoc);
    }

    [SkippableFact]
    public void SaveAsCoco_Bccd_ComesBackThroughCocoAndYoloAsItWas()
    {
        var view = Annotated.Data.FromVoc(TestData.Shared("data/bccd/BCCD"), "test");
        using var folder = new TempFolder();
        Annotated.Data.SaveAsCoco(view, folder.File("a.json"));
        var coco = Annotated.Data.FromCoco(folder.File("a.json"), TestData.Shared("data/bccd/BCCD/JPEGImages"));
        Annotated.Data.SaveAsVoc(coco, folder.File("voc"), "test", copyImages: true);
        var voc = Annotated.Data.FromVoc(folder.File("voc"), "test");
        Annotated.AssertSame(Annotated.Set(view), Annotated.Set(voc), OfVoc);
        Annotated.Data.SaveAsYolo(voc, folder.File("yolo"), "test", copyImages: true);
        // Nine decimals of 640 pixels are 1e-6, and a float there is exact to 3e-5.
        Annotated.AssertSame(Annotated.Set(view), Annotated.Set(Annotated.Data.FromYolo(folder.File("yolo"), "test")), AnnotationFields.None, 1e-4f);
    }

    [SkippableFact]
    public void SaveAsCoco_Val2014_IsTheSameToTheLastDigit()
    {
        var path = TestData.Shared("data/map-fixtures/coco-val2014-100/instances_val2014_100.json");
        using var folder = new TempFolder();
        var view = Annotated.Data.FromCoco(path, "/images");
        Annotated.Data.SaveAsCoco(view, folder.File("a.json"), "/images");
        var (wanted, got) = (Annotated.Set(view), Annotated.Set(Annotated.Data.FromCoco(folder.File("a.json"), "/images")));
        Annotated.AssertSame(wanted, got, OfCoco);
        Assert.Equal(wanted.CategoryIds, got.CategoryIds);
        Assert.Equal(wanted.Supercategories, got.Supercategories);
        var boxes = Boxes(path);
        Assert.Equal(839, boxes.Count);
        Assert.All(Boxes(folder.File("a.json")), box => Assert.Equal(boxes[box.Key], box.Value));

        static Dictionary<long, double[]> Boxes(string file)
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.GetProperty("annotations").EnumerateArray().ToDictionary(a => a.GetProperty("id").GetInt64(), a => a.GetProperty("bbox").EnumerateArray().Select(v => v.GetDouble()).ToArray());
        }
    }

    [Fact]
    public void SaveAsCoco_IdTwice_IsRefused()
    {
        using var folder = new TempFolder();
        var set = Crossing with { Fields = AnnotationFields.AnnotationId };
        Assert.Contains("annotation id 0", Assert.Throws<InvalidDataException>(() => Annotated.Data.SaveAsCoco(AnnotatedView.Of(set), folder.File("a.json"))).Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void SaveAsYolo_ReadBack_IsTheSame()
    {
        using var folder = Voc();
        var view = Annotated.Data.FromVoc(folder.File("voc"));
        Annotated.Data.SaveAsYolo(view, folder.File("yolo"), copyImages: true);
        Annotated.Data.SaveAsYolo(view, folder.File("yolo"), "val", copyImages: true);
        // Nine decimals of 100 pixels are 1.5e-7, and a float there is exact to 4e-6.
        foreach (var split in new[] { "train", "val" })
            Annotated.AssertSame(Annotated.Set(view), Annotated.Set(Annotated.Data.FromYolo(folder.File("yolo"), split)), AnnotationFields.None, 1e-5f);
        Assert.Equal("train: \"images/train\"\nval: \"images/val\"\nnames:\n  0: \"cat\"\n  1: \"dog\"\n  2: \"x < & \\\"y\\\"\"\n", File.ReadAllText(folder.File("yolo/data.yaml")));
    }

    [Fact]
    public void SaveAsYolo_Outlines_ComeBackAsPolygons()
    {
        using var folder = new TempFolder();
        var set = Crossing with { Images = [Crossing.Images[0] with { Path = folder.WriteImage("a.pgm", 8, 6), Objects = [.. Crossing.Images[0].Objects.Take(3)] }] };
        Annotated.Data.SaveAsYolo(AnnotatedView.Of(set), folder.File("yolo"), outlines: true, copyImages: true);
        var objects = Annotated.Objects(Annotated.Data.FromYolo(folder.File("yolo")));
        Assert.Equal(["", "[[2,2,7,2,7,5,2,5]]", ""], objects.Select(o => JsonText(o.Segmentation.Text())));
        Assert.Equal(3, objects.Count);

        // Nine decimals of 8 pixels: within 4e-9, so rounded to eight the whole numbers are back.
        static string JsonText(string json) => json == "" ? "" : $"[[{string.Join(",", JsonSerializer.Deserialize<double[][]>(json)![0].Select(v => Math.Round(v, 8)))}]]";
    }

    [Fact]
    public void SaveAsYolo_BoxOutsideItsImage_IsRefused()
    {
        using var folder = new TempFolder();
        Assert.Contains("(-3, -3, 0.4, 1.6)", Assert.Throws<InvalidDataException>(() => Annotated.Data.SaveAsYolo(AnnotatedView.Of(Crossing), folder.File("yolo"))).Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void SaveAsYolo_OtherClassesThere_IsRefused()
    {
        using var folder = Voc();
        folder.WriteText("yolo/data.yaml", "names: [a]\ntrain: images/train\n");
        Assert.Contains("other classes: a", Assert.Throws<IOException>(() => Annotated.Data.SaveAsYolo(Annotated.Data.FromVoc(folder.File("voc")), folder.File("yolo"), "val")).Message);
    }

    [Fact]
    public void SaveAsMasks_Objects_ArePaintedInOrder()
    {
        using var folder = new TempFolder();
        var classes = Annotated.Data.SaveAsMasks(AnnotatedView.Of(Crossing), folder.File("masks"));
        Assert.Equal(new MaskClasses("background", "person", "bus") { IgnoreIndex = 255 }, classes);
        Assert.Equal("background\nperson\nbus\n", File.ReadAllText(folder.File("masks/classes.txt")));
        var file = File.ReadAllBytes(folder.File("masks/a.png"));
        var mask = new IndexMask();
        IndexPng.Decode(file, IndexPng.ReadHeader(file), mask);
        string[] wanted =
        [
            "00000000", // the middle of column 0 is 0.5, beyond the 0.4 of the last box
            "01111000",
            "01222220",
            "01222220",
            "00222220",
            "##000000",
        ];
        Assert.Equal(string.Concat(wanted), string.Concat(mask.Values.ToArray().Select(v => v == 255 ? '#' : (char)('0' + v))));
    }

    [Fact]
    public void SaveAs_FileThere_IsRefusedUnlessTold()
    {
        using var folder = Voc();
        var view = Annotated.Data.FromVoc(folder.File("voc"));
        foreach (var (file, save) in new (string, Action<bool>)[]
        {
            ("out/Annotations/b.xml", o => Annotated.Data.SaveAsVoc(view, folder.File("out"), overwrite: o)),
            ("out/a.json", o => Annotated.Data.SaveAsCoco(view, folder.File("out/a.json"), overwrite: o)),
            ("out/labels/train/b.txt", o => Annotated.Data.SaveAsYolo(view, folder.File("out"), overwrite: o)),
            ("out/b.png", o => Annotated.Data.SaveAsMasks(view, folder.File("out"), o)),
        })
        {
            folder.WriteText(file, "mine");
            Assert.Contains(Path.GetFileName(file), Assert.Throws<IOException>(() => save(false)).Message);
            Assert.Equal([folder.File(file)], Directory.EnumerateFiles(folder.File("out"), "*", SearchOption.AllDirectories));
            save(true);
            Assert.NotEqual("mine", File.ReadAllText(folder.File(file)));
            Directory.Delete(folder.File("out"), recursive: true);
        }
    }

    [Fact]
    public void SaveAs_SameNameTwice_IsRefused()
    {
        using var folder = new TempFolder();
        var set = Crossing with { Images = [Crossing.Images[0] with { Objects = [] }, Crossing.Images[0] with { Path = "/images/more/A.jpg", Objects = [] }] };
        var view = AnnotatedView.Of(set);
        Assert.Contains("Two images", Assert.Throws<InvalidDataException>(() => Annotated.Data.SaveAsVoc(view, folder.Path)).Message);
        Assert.Contains("Two images", Assert.Throws<InvalidDataException>(() => Annotated.Data.SaveAsYolo(view, folder.Path)).Message);
        Assert.Contains("Two images", Assert.Throws<InvalidDataException>(() => Annotated.Data.SaveAsMasks(view, folder.Path)).Message);
        Annotated.Data.SaveAsCoco(view, folder.File("a.json"));
        Assert.Equal(["a.jpg", "more/A.jpg"], JsonDocument.Parse(File.ReadAllText(folder.File("a.json"))).RootElement.GetProperty("images").EnumerateArray().Select(i => i.GetProperty("file_name").GetString()));
    }

    [Fact]
    public void SaveAs_EmptyView_IsRefused()
    {
        using var folder = new TempFolder();
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => Annotated.Data.SaveAsCoco(AnnotatedView.Of(Crossing with { Images = [] }), folder.File("a.json"))).Message);
    }

    [Fact]
    public void FromVocSegmentation_SavedMasks_AreRead()
    {
        using var folder = new TempFolder();
        Annotated.Data.SaveAsMasks(AnnotatedView.Of(Crossing), folder.File("SegmentationClass"));
        folder.WriteImage("JPEGImages/a.jpg", 8, 6);
        folder.WriteText("ImageSets/Segmentation/val.txt", "a\n");
        var view = Annotated.Data.FromVocSegmentation(folder.Path, "val");
        Assert.Equal([folder.File("JPEGImages/a.jpg")], view.GetColumn<string>("Image"));
        Assert.Equal([folder.File("SegmentationClass/a.png")], view.GetColumn<string>("Mask"));
        var classes = MaskColumn.RequireClasses(view.Schema["Mask"]);
        Assert.Equal((21, "background", "aeroplane", "tvmonitor", 255), (classes.Names.Count, classes.Names[0], classes.Names[1], classes.Names[20], classes.IgnoreIndex));
        File.Delete(folder.File("SegmentationClass/a.png"));
        Assert.Contains("no mask", Assert.Throws<FileNotFoundException>(() => Annotated.Data.FromVocSegmentation(folder.Path, "val")).Message);
        Assert.Throws<FileNotFoundException>(() => Annotated.Data.FromVocSegmentation(folder.Path));
    }
}
