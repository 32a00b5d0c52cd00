using Microsoft.ML;

namespace Fovea.Tests.Data;

public class InspectSharedDataTests
{
    private static readonly MLContext Ml = new(1);

    [SkippableFact]
    public void Inspect_BloodCells_FindsTheTwoBoxesWithoutArea() => BloodCells(Ml.Vision.Data.FromVoc(TestData.Shared("data/bccd/BCCD"), classNames: ["RBC", "WBC", "Platelets"]));

    [SkippableFact]
    public void Inspect_BloodCellsAsCoco_FindsTheSame()
    {
        using var folder = new TempFolder();
        var voc = TestData.Shared("data/bccd/BCCD");
        Ml.Vision.Data.SaveAsCoco(Ml.Vision.Data.FromVoc(voc, classNames: ["RBC", "WBC", "Platelets"]), folder.File("cells.json"));
        BloodCells(Ml.Vision.Data.FromCoco(folder.File("cells.json"), Path.Combine(voc, "JPEGImages")));
    }

    [SkippableFact]
    public void Inspect_BloodCellsInTheirSplits_FindsNoSharedImage()
    {
        var voc = TestData.Shared("data/bccd/BCCD");
        var report = Ml.Vision.Data.Inspect([.. new[] { "train", "val", "test" }.Select(s => (s, Ml.Vision.Data.FromVoc(voc, s, ["RBC", "WBC", "Platelets"])))]);
        Assert.Equal([205L, 87, 72], report.Splits.Select(s => s.Rows));
        Assert.Empty(report.Of(FindingKind.SharedBetweenSplits));
    }

    private static void BloodCells(IDataView view)
    {
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
        var report = Ml.Vision.Data.Inspect(Ml.Vision.Data.FromFaces(TestData.Shared("data/orl-faces")));
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
    public void Inspect_StreetsByTheirList_FindsNothing()
    {
        var report = Ml.Vision.Data.Inspect(Ml.Vision.Data.FromCamVid(TestData.Shared("data/camvid/CamVid/train.txt")));
        Assert.Empty(report.Findings);
        Assert.Equal(30, report.Rows);
        Assert.Equal(11, report.Masks!.Classes.Count);
    }

    [SkippableFact]
    public void Inspect_Membranes_CountsCells()
    {
        var root = TestData.Shared("data/isbi2012-membrane/train");
        var view = Ml.Vision.Data.FromMaskFolders(Path.Combine(root, "image"), Path.Combine(root, "label"), new MaskClasses("membrane", "cell") { Values = [0, 255] });
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
