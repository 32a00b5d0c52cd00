using Fovea.PowerShell;

namespace Fovea.Tests.Commands;

public sealed class SplitImageDatasetTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Split_Fraction_GivesEachClassItsShare()
    {
        var parts = (ImageDatasetSplit)Assert.Single(_session.Output(_session.Import("abc", 10), new Call("Split-ImageDataset").With("Test", 0.2)));
        Assert.Equal((24L, 6L, null), (parts.Train.Rows, parts.Test.Rows, parts.Fold));
        Assert.Equal(parts.Train.ClassNames, parts.Test.ClassNames);
    }

    [Fact]
    public void Split_NothingSaid_TakesTheLibrarysFraction()
    {
        var parts = (ImageDatasetSplit)Assert.Single(_session.Output(_session.Import("ab", 10), new Call("Split-ImageDataset")));
        Assert.Equal((16L, 4L), (parts.Train.Rows, parts.Test.Rows));
    }

    [Fact]
    public void Split_SameSeed_GivesTheSameRows()
    {
        var dataset = _session.Dataset();
        var paths = new[] { 3, 3, 4 }.Select(seed => string.Join(' ', Held(dataset, seed))).ToList();
        Assert.Equal(paths[0], paths[1]);
        Assert.NotEqual(paths[0], paths[2]);

        IEnumerable<string?> Held(ImageDataset whole, int seed)
        {
            var parts = (ImageDatasetSplit)_session.Session.Send([whole], new Call("Split-ImageDataset").With("Seed", seed)).Output[0];
            return DatasetImages.Of(parts.Test, "Image").Select(i => i.Path);
        }
    }

    [Fact]
    public void Split_Folds_HoldEachRowOutOnce()
    {
        var folds = _session.Output(_session.Import("ab", 6), new Call("Split-ImageDataset").With("Fold", 3)).Cast<ImageDatasetSplit>().ToList();
        Assert.Equal([1, 2, 3], folds.Select(f => f.Fold!.Value));
        Assert.Equal(12, folds.SelectMany(f => DatasetImages.Of(f.Test, "Image")).Select(i => i.Path).Distinct().Count());
    }

    [Fact]
    public void Split_Group_PartsNone()
    {
        _session.Letters("ab", 6);
        File.WriteAllLines(_session.File("list.csv"), ["Image,Label,Font", .. "ab".SelectMany(c => Enumerable.Range(0, 6).Select(i => $"letters/{c}/{i:00}.png,{c},font{i / 2}"))]);
        var parts = (ImageDatasetSplit)Assert.Single(_session.Output(new Call("Import-ImageDataset").At("list.csv"), new Call("Split-ImageDataset").With("Group", "Font").With("Test", 0.34)));
        static string[] Fonts(ImageDataset part) => [.. DatasetImages.Of(part, "Image").Select(i => (int.Parse(Path.GetFileNameWithoutExtension(i.Path)!) / 2).ToString()).Distinct()];
        Assert.Empty(Fonts(parts.Train).Intersect(Fonts(parts.Test)));
        Assert.Equal((8L, 4L), (parts.Train.Rows, parts.Test.Rows));
    }

    [SkippableFact]
    public void Split_SetWithoutLabels_PartsImages()
    {
        var parts = (ImageDatasetSplit)Assert.Single(_session.Output(new Call("Import-ImageDataset").At(TestData.Shared("data/bccd/BCCD")).With("Split", "test"), new Call("Split-ImageDataset").With("Test", 0.25)));
        Assert.Equal((54L, 18L), (parts.Train.Rows, parts.Test.Rows));
    }

    [Fact]
    public void Split_FractionOutOfBounds_IsTheLibrarysMessage()
    {
        var error = Assert.Single(_session.Run(_session.Import(), new Call("Split-ImageDataset").With("Test", 1.5)).Errors);
        Assert.Equal("InvalidArgument", error.FullyQualifiedErrorId);
        Assert.Contains("1.5", error.ToString());
        Assert.IsType<ImageDataset>(error.TargetObject);
    }
}
