using System.Xml.Linq;
using Microsoft.ML;

namespace Fovea.Tests.Data;

public class InspectSharedDataTests
{
    private static readonly MLContext Ml = new(1);

    [SkippableFact]
    public void Inspect_BloodCells_FindsTheTwoBoxesWithoutArea()
    {
        var root = TestData.Shared("data/bccd/BCCD");
        var images = Directory.GetFiles(Path.Combine(root, "JPEGImages"), "*.jpg").Order(StringComparer.Ordinal).ToList();
        string[] names = ["RBC", "WBC", "Platelets"];
        var objects = images.Select(i => XDocument.Load(Path.Combine(root, "Annotations", Path.GetFileNameWithoutExtension(i) + ".xml")).Root!.Elements("object").ToList()).ToList();
        var view = new ListView.Builder().Text("Image", images)
            .Boxes(names, [.. objects.Select(o => o.SelectMany(x => new[] { "xmin", "ymin", "xmax", "ymax" }.Select(n => (float)x.Element("bndbox")!.Element(n)!)).ToArray())],
                [.. objects.Select(o => o.Select(x => Array.IndexOf(names, x.Element("name")!.Value)).ToArray())]).Build();
        var report = Ml.Vision.Data.Inspect(view);
        Assert.Equal(["BloodImage_00338.jpg", "BloodImage_00343.jpg"], report.Of(FindingKind.InvalidBox).Select(f => Path.GetFileName(f.File)));
        Assert.Equal(2, report.Findings.Count);
        Assert.Contains("(504, 337, 504, 337)", report.Findings[0].Message);
        Assert.Equal([("RBC", 4155L), ("WBC", 372L), ("Platelets", 361L)], report.Objects!.Classes.Select(c => (c.Name, c.Count)));
        Assert.Equal([new ImageSizeCount(640, 480, 364)], report.ImageSizes);
        Assert.Equal([new ImageModeCount(ImageMode.Rgb, 364)], report.ImageModes);
    }

    [SkippableFact]
    public void Inspect_Faces_FindsNothing()
    {
        var report = Ml.Vision.Data.Inspect(Ml.Vision.Data.FromFolder(TestData.Shared("data/orl-faces")));
        Assert.Empty(report.Findings);
        Assert.Equal([new ImageSizeCount(92, 112, 400)], report.ImageSizes);
        Assert.Equal([new ImageModeCount(ImageMode.Grey, 400)], report.ImageModes);
        Assert.All(report.Labels!.Classes, c => Assert.Equal(10, c.Count));
    }

    [SkippableFact]
    public void Inspect_Streets_CountsPixelsAsPublished()
    {
        var root = TestData.Shared("data/camvid/CamVid");
        var images = new[] { "train", "val", "test" }.SelectMany(s => Directory.GetFiles(Path.Combine(root, s), "*.png").Order(StringComparer.Ordinal)).ToList();
        var masks = images.Select(i => Path.Combine(Path.GetDirectoryName(i) + "annot", Path.GetFileName(i))).ToList();
        var classes = new MaskClasses("Sky", "Building", "Pole", "Road", "Pavement", "Tree", "SignSymbol", "Fence", "Car", "Pedestrian", "Bicyclist", "Unlabelled");
        var report = Ml.Vision.Data.Inspect(new ListView.Builder().Text("Image", images).Mask(classes, masks).Build());
        Assert.Empty(report.Findings);
        double[] published = [.1576, .2440, .0095, .2946, .0553, .1131, .0120, .0136, .0529, .0067, .0058, .0349];
        for (var k = 0; k < published.Length; k++)
            Assert.Equal(published[k], report.Masks!.Classes[k].Share, 4); // as many digits as the data's README gives

        // The last class left out of the names: its pixels are unknown in every mask that has them.
        var fewer = Ml.Vision.Data.Inspect(new ListView.Builder().Text("Image", images).Mask(new MaskClasses([.. classes.Names.Take(11)]), masks).Build());
        Assert.Equal(report.Masks!.Classes[11].Images, fewer.Of(FindingKind.UnknownMaskValue).Count());
    }

    [SkippableFact]
    public void Inspect_Membranes_CountsCells()
    {
        var root = TestData.Shared("data/isbi2012-membrane/train");
        var view = new ListView.Builder().Text("Image", [.. Enumerable.Range(0, 30).Select(i => Path.Combine(root, "image", $"{i}.png"))])
            .Mask(new MaskClasses("membrane", "cell") { Values = [0, 255] }, [.. Enumerable.Range(0, 30).Select(i => Path.Combine(root, "label", $"{i}.png"))]).Build();
        var report = Ml.Vision.Data.Inspect(view);
        Assert.Empty(report.Findings);
        Assert.Equal(0.7804, report.Masks!.Classes[1].Share, 4); // as many digits as the data's README gives
    }

    [SkippableFact]
    public void Inspect_Clothes_CountsAsPublished()
    {
        var view = Ml.Vision.Data.FromIdx(TestData.Shared("data/fashion-mnist/t10k-images-idx3-ubyte.gz"), TestData.Shared("data/fashion-mnist/t10k-labels-idx1-ubyte.gz"));
        var report = Ml.Vision.Data.Inspect(Ml.Data.TakeRows(view, 2000));
        Assert.True(report.IsUsable);
        Assert.Equal([new ImageSizeCount(28, 28, 2000)], report.ImageSizes);
        Assert.Equal([new ImageModeCount(ImageMode.Grey, 2000)], report.ImageModes);
        Assert.Equal(2000, report.Labels!.Classes.Sum(c => c.Count));
    }
}
