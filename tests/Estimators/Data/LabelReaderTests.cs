using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class LabelReaderTests
{
    private sealed class TextRow
    {
        public string Label { get; set; } = "";
        public float Number { get; set; }
    }

    private readonly MLContext _ml = new(1);

    private IDataView Texts(params string[] labels) => _ml.Data.LoadFromEnumerable(labels.Select(l => new TextRow { Label = l }).ToList());

    private IDataView Keys(params string[] labels)
    {
        var view = Texts(labels);
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
    }

    private static (int[] Read, (string[] Names, int[] Places)? Collected) ReadAll(IDataView view, IReadOnlyList<string>? classNames = null)
    {
        var column = LabelColumn.Find(view.Schema, "Label");
        using var cursor = view.GetRowCursor([column]);
        var reader = new LabelReader(cursor, column, classNames);
        var read = new List<int>();
        while (cursor.MoveNext())
            read.Add(reader.Read());
        return ([.. read], reader.Collected());
    }

    [Fact]
    public void Read_Text_CollectsNamesInOrdinalOrder()
    {
        var (read, collected) = ReadAll(Texts("b", "a", "B", "b"));
        Assert.Equal(["B", "a", "b"], collected!.Value.Names);
        Assert.Equal([2, 1, 0, 2], read.Select(r => collected.Value.Places[r]));
    }

    [Fact]
    public void Read_Key_GivesIndicesFromZero()
    {
        var view = Keys("b", "a", "b");
        Assert.Equal([0, 1, 0], ReadAll(view).Read);
        Assert.Equal(["b", "a"], LabelColumn.ClassNames(view.Schema["Label"])!);
        Assert.Null(ReadAll(view).Collected);
    }

    [Fact]
    public void Read_KnownClasses_AreFoundByName()
    {
        string[] classes = ["a", "b", "c"];
        Assert.Equal([1, 0, 1], ReadAll(Keys("b", "a", "b"), classes).Read);
        Assert.Equal([1, 0, 1], ReadAll(Texts("b", "a", "b"), classes).Read);
    }

    [Fact]
    public void Read_UnknownClass_NamesRowAndClasses()
    {
        foreach (var view in new[] { Keys("a", "z"), Texts("a", "z") })
        {
            var error = Assert.Throws<InvalidDataException>(() => ReadAll(view, ["a", "b"]));
            Assert.Contains("Row 1", error.Message);
            Assert.Contains("'z'", error.Message);
            Assert.Contains("a, b", error.Message);
        }
    }

    [Fact]
    public void Read_MissingLabel_NamesTheRow()
    {
        Assert.Contains("Row 2", Assert.Throws<InvalidDataException>(() => ReadAll(Texts("a", "b", ""))).Message);
        var train = Texts("a", "b");
        // A value that the key does not know becomes the missing key.
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(train).Transform(Texts("a", "b", "unseen"));
        Assert.Contains("Row 2", Assert.Throws<InvalidDataException>(() => ReadAll(keys)).Message);
    }

    [Fact]
    public void ClassNames_NumericKeyValues_BecomeText()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { 7.5f, 2f }.Select(n => new TextRow { Number = n }).ToList());
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label", "Number").Fit(view).Transform(view);
        Assert.Equal(["7.5", "2"], LabelColumn.ClassNames(keys.Schema["Label"])!);
    }

    [Fact]
    public void Find_WrongColumn_SaysWhatThereIs()
    {
        var view = Texts("a");
        var missing = Assert.Throws<ArgumentException>(() => LabelColumn.Find(view.Schema, "Class"));
        Assert.Contains("'Class'", missing.Message);
        Assert.Contains("'Label', 'Number'", missing.Message);
        var mistyped = Assert.Throws<ArgumentException>(() => LabelColumn.Find(view.Schema, "Number"));
        Assert.Contains("Single", mistyped.Message);
        Assert.Contains("MapValueToKey", mistyped.Message);
    }
}
