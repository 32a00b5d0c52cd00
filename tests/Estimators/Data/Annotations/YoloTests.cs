using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class YoloTests
{
    private const string Yaml = "path: .\ntrain: images/train\nval: [images/val]\ntest:\nnames: {0: cat, 1: dog}\n";

    private static TempFolder Set(string labels = "1 0.5 0.5 0.2 0.4\n\n0 0.1 0.1 0.3 0.1 0.3 0.5 0.1 0.5\n", string yaml = Yaml)
    {
        var folder = new TempFolder();
        folder.WriteText("data.yaml", yaml);
        folder.WriteImage("images/train/b.pgm", 100, 50);
        folder.WriteImage("images/train/a.pgm", 10, 20);
        folder.WriteText("labels/train/b.txt", labels);
        return folder;
    }

    private static string Refused(string labels = "", string yaml = Yaml)
    {
        using var folder = Set(labels, yaml);
        return Assert.Throws<InvalidDataException>(() => Annotated.Data.FromYolo(folder.Path)).Message;
    }

    [Fact]
    public void FromYolo_SmallSet_GivesBoxesInPixels()
    {
        using var folder = Set();
        var view = Annotated.Data.FromYolo(folder.Path);
        Assert.Equal(["Image", "ImageWidth", "ImageHeight", "BoundingBoxes", "Labels", "Segmentations"], view.Schema.Select(c => c.Name));
        Assert.Equal(["cat", "dog"], Annotated.ClassNames(view));
        var set = Annotated.Set(view);
        Assert.Equal(["a.pgm", "b.pgm"], set.Images.Select(i => Path.GetFileName(i.Path)));
        Assert.Equal((100, 50, 0), (set.Images[1].Width, set.Images[1].Height, set.Images[0].Objects.Count));
        Assert.Equal([new SampleBox(40, 15, 60, 35, 1), new SampleBox(10, 5, 30, 25, 0)], set.Images[1].Objects.Select(o => o.Box));
        Assert.Equal(["", "[[10,5,30,5,30,25,10,25]]"], set.Images[1].Objects.Select(o => o.Segmentation.Text()));
    }

    [Theory]
    [InlineData("names: [cat, dog]\ntrain: images/train\n")]
    [InlineData("nc: 2\nnames:\n  1: dog\n  0: cat\ntrain:\n  - images/train\n")]
    [InlineData("names: [cat, dog]\ntrain: train.txt\n")]
    [InlineData("names: [cat, dog]\npath: images\ntrain: train\n")]
    public void FromYolo_OtherWaysToSaySo_GiveTheSame(string yaml)
    {
        using var folder = Set(yaml: yaml);
        folder.WriteText("train.txt", "./images/train/a.pgm\n\nimages/train/b.pgm\n");
        Assert.Equal(2, Annotated.Data.FromYolo(folder.File("data.yaml")).GetRowCount());
    }

    [Fact]
    public void FromYolo_OvershootOfTheLastDigit_StandsAtTheEdge()
    {
        using var folder = Set("1 0.166667 0.5 0.333335 1\n");
        var box = Annotated.Objects(Annotated.Data.FromYolo(folder.Path)).Single().Box;
        Assert.Equal((0f, 0f, 50f), (box.X0, box.Y0, box.Y1));
    }

    [Theory]
    [InlineData("0 0.5 0.5 0.1 0.1\n2 0.5 0.5 0.1 0.1", "b.txt' (line 2)", "class 2 has no name")]
    [InlineData("cat 0.5 0.5 0.1 0.1", "(line 1)", "'cat'")]
    [InlineData("-1 0.5 0.5 0.1 0.1", "(line 1)", "'-1'")]
    [InlineData("0 0.5 0.5 0.1 1.1", "(line 1)", "field 5 is '1.1'")]
    [InlineData("0 -0.5 0.5 0.1 1", "(line 1)", "field 2 is '-0.5'")]
    [InlineData("0 nan 0.5 0.1 1", "(line 1)", "field 2 is 'nan'")]
    [InlineData("0 0.5 0.5 0.1", "(line 1)", "has 4 fields")]
    [InlineData("0 0.5 0.5 0.1 0.1 0.9", "(line 1)", "confidence")]
    [InlineData("0 0.5 0.5 0.1 0.1 0.9 0.1 0.1", "(line 1)", "has 8 fields")]
    [InlineData("0", "(line 1)", "has 1 fields")]
    public void FromYolo_BadLine_NamesFileAndLine(string labels, string place, string problem)
    {
        var message = Refused(labels);
        Assert.Contains(place, message);
        Assert.Contains(problem, message);
    }

    [Theory]
    [InlineData("names: [cat\ntrain: x", "(line ", "no YAML")]
    [InlineData("names: [cat]\nnames: [dog]\ntrain: x", "(line 2, column 1)", "no YAML")]
    [InlineData("names:\n  0: cat\n  2: dog\ntrain: x", "(line 2, column 3)", "without gaps")]
    [InlineData("names:\n  x: cat\ntrain: x", "(line 2, column 3)", "numbered")]
    [InlineData("names: [cat, cat]\ntrain: x", "(line 1, column 8)", "'cat' is there 2 times")]
    [InlineData("nc: 3\nnames: [cat]\ntrain: x", "(line 1, column 5)", "nc says 3")]
    [InlineData("train: x", "data.yaml'", "no class names")]
    [InlineData("- x", "data.yaml'", "must list names")]
    [InlineData("", "data.yaml'", "nothing")]
    [InlineData("names: [cat]\ntrain: {a: b}", "(line 2, column 8)", "a text is wanted")]
    public void FromYolo_BadYaml_NamesLineAndColumn(string yaml, string place, string problem)
    {
        var message = Refused(yaml: yaml);
        Assert.Contains(place, message);
        Assert.Contains(problem, message);
    }

    [Theory]
    [InlineData("train: /data/images")]
    [InlineData("train: ../train/images")]
    [InlineData("path: ../x\ntrain: images/train")]
    [InlineData("train: list.txt")]
    public void FromYolo_PathOutside_IsRefused(string line)
    {
        using var folder = Set(yaml: $"names: [cat]\n{line}\n");
        folder.WriteText("list.txt", "images/train/a.pgm\n../x.pgm\n");
        Assert.Contains("allowPathsOutside", Assert.Throws<InvalidDataException>(() => Annotated.Data.FromYolo(folder.Path)).Message);
    }

    [Fact]
    public void FromYolo_PathOutsideAllowed_IsTaken()
    {
        using var folder = Set();
        folder.WriteText("sub/data.yaml", "names: [cat, dog]\ntrain: ../images/train\n");
        Assert.Equal(2, Annotated.Data.FromYolo(folder.File("sub/data.yaml"), allowPathsOutside: true).GetRowCount());
    }

    [Fact]
    public void FromYolo_WhatIsNotThere_IsNamed()
    {
        using var folder = Set();
        Assert.Contains("It has train, val", Assert.Throws<ArgumentException>(() => Annotated.Data.FromYolo(folder.Path, "test")).Message);
        Assert.Contains(Path.Combine("images", "val"), Assert.Throws<DirectoryNotFoundException>(() => Annotated.Data.FromYolo(folder.Path, "val")).Message);
        Assert.Throws<FileNotFoundException>(() => Annotated.Data.FromYolo(folder.File("nowhere")));
        File.Delete(folder.File("labels/train/b.txt"));
        Assert.Contains("None of the 2 images", Assert.Throws<InvalidDataException>(() => Annotated.Data.FromYolo(folder.Path)).Message);
    }

    [Fact]
    public void FromYolo_DamagedImage_IsNamed()
    {
        using var folder = Set();
        folder.WriteText("images/train/c.png", "no image");
        Assert.Contains("c.png", Assert.Throws<InvalidDataException>(() => Annotated.Data.FromYolo(folder.Path)).Message);
    }

    [SkippableFact]
    public void FromYolo_ToyExample_AgreesWithItsOtherFormats()
    {
        var toy = TestData.Shared("data/map-fixtures/review/toyexample");
        var names = File.ReadAllLines(Path.Combine(toy, "voc.names"));
        using var folder = new TempFolder();
        folder.WriteText("data.yaml", $"names: [{string.Join(", ", names)}]\ntrain: images\n");
        var voc = Annotated.Data.FromCoco(Path.Combine(toy, "gts_coco_format/toy_example_coco.JSON"), folder.Path);
        foreach (var image in Annotated.Set(voc).Images)
        {
            var stem = Path.GetFileNameWithoutExtension(image.Path);
            folder.WriteImage($"images/{stem}.pgm", image.Width, image.Height);
            // Its lines are detections: class, confidence, box; of one the box is higher than the image, which no label may be.
            folder.WriteText($"labels/{stem}.txt", string.Join('\n', File.ReadLines(Path.Combine(toy, $"dets_classid_rel_xcycwh/{stem}.txt")).Select(l => l.Split(' ')).Select(f => string.Join(' ', f.Where((_, i) => i != 1)))).Replace("1.015689", "1"));
        }
        var read = Annotated.Set(Annotated.Data.FromYolo(folder.Path));
        Assert.Equal(12, read.Images.Sum(i => i.Objects.Count));
        foreach (var image in read.Images)
        {
            var absolute = File.ReadLines(Path.Combine(toy, $"dets_classid_abs_xyx2y2/{Path.GetFileNameWithoutExtension(image.Path)}.txt")).Select(l => l.Split(' ').Select(float.Parse).ToArray()).ToList();
            Assert.Equal(absolute.Count, image.Objects.Count);
            foreach (var (wanted, got) in absolute.Zip(image.Objects))
            {
                Assert.Equal((int)wanted[0], got.Box.Label);
                // The fractions have two to six decimals, the pixels none: a pixel, and half of the last decimal of center and size.
                Assert.Equal(wanted[2], got.Box.X0, 1f + 0.0075f * image.Width);
                Assert.Equal(wanted[3], got.Box.Y0, 1f + 0.0075f * image.Height);
                Assert.Equal(wanted[4], got.Box.X1, 1f + 0.0075f * image.Width);
                Assert.Equal(wanted[5], got.Box.Y1, 1f + 0.0075f * image.Height);
            }
        }
    }
}
