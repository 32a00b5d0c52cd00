using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace Fovea.Tests.Compat.Transforms;

public sealed class MapValueToKeyTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";
        public float Number { get; set; }
        [VectorType(2)] public string[] Words { get; set; } = ["", ""];
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public MapValueToKeyTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Text = "b", Number = 2, Words = ["x", ""] },
        new() { Text = "Z", Number = float.NaN, Words = ["y", "x"] },
        new() { Text = "", Number = 1, Words = ["z", "x"] },
        new() { Text = "a", Number = 2, Words = ["x", "x"] },
        new() { Text = "b", Number = -3, Words = ["x", "x"] },
    });

    [Fact]
    public void Text_ByOccurrence_CountsFromOneInOrderOfAppearance()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);

        Assert.Equal([1u, 2u, 0u, 3u, 1u], view.Values<uint>("Key"));
        Assert.Equal(["b", "Z", "a"], view.KeyValues("Key"));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), view.Schema["Key"].Type);
    }

    [Fact]
    public void Text_ByValue_SortsOrdinally()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyOrdinality: KeyOrdinality.ByValue).Fit(data).Transform(data);

        Assert.Equal(["Z", "a", "b"], view.KeyValues("Key"));
        Assert.Equal([3u, 1u, 0u, 2u, 3u], view.Values<uint>("Key"));
    }

    [Fact]
    public void Number_ByValue_SortsAndTreatsNaNAsMissing()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Number", keyOrdinality: KeyOrdinality.ByValue).Fit(data).Transform(data);

        Assert.Equal([-3f, 1f, 2f], view.KeyValues<float>("Key"));
        Assert.Equal([3u, 0u, 2u, 3u, 1u], view.Values<uint>("Key"));
    }

    [Fact]
    public void Number_AnnotationsAsText_WritesKeyValuesAsText()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Number", addKeyValueAnnotationsAsText: true).Fit(data).Transform(data);

        Assert.Equal(["2", "1", "-3"], view.KeyValues("Key"));
    }

    [Fact]
    public void Vector_OfText_MapsEachItemThroughOneVocabulary()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Keys", "Words").Fit(data).Transform(data);

        Assert.Equal(["x", "y", "z"], view.KeyValues("Keys"));
        Assert.Equal([[1, 0], [2, 1], [3, 1], [1, 1], [1, 1]], view.Values<uint[]>("Keys"));
        Assert.Equal(new VectorDataViewType(new KeyDataViewType(typeof(uint), 3), 2), view.Schema["Keys"].Type);
    }

    [Fact]
    public void MaximumNumberOfKeys_Reached_LeavesLaterValuesMissing()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 2).Fit(data).Transform(data);

        Assert.Equal(["b", "Z"], view.KeyValues("Key"));
        Assert.Equal([1u, 2u, 0u, 0u, 1u], view.Values<uint>("Key"));
    }

    [Fact]
    public void MaximumNumberOfKeys_Zero_Throws()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 0).Fit(data));
        Assert.Contains("Must be positive", error.Message);
    }

    [Fact]
    public void KeyData_Given_IsTheVocabulary()
    {
        var words = ml.Data.LoadFromEnumerable(new[] { new { Word = "a" }, new { Word = "b" }, new { Word = "never" } });
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: words).Fit(data).Transform(data);

        Assert.Equal(["a", "b", "never"], view.KeyValues("Key"));
        Assert.Equal([2u, 0u, 0u, 1u, 2u], view.Values<uint>("Key"));
    }

    [Fact]
    public void KeyData_OfTwoColumns_Throws()
    {
        var words = ml.Data.LoadFromEnumerable(new[] { new { Word = "a", Other = "b" } });
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: words));
        Assert.Equal("keyData", error.ParamName);
    }

    [Fact]
    public void Unseen_Value_BecomesMissing()
    {
        var model = ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(ml.Data.TakeRows(data, 1));
        Assert.Equal([1u, 0u, 0u, 0u, 1u], model.Transform(data).Values<uint>("Key"));
    }

    [Fact]
    public void Output_NotNamed_ReplacesTheInput()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Text").Fit(data).Transform(data);
        Assert.IsType<KeyDataViewType>(view.Schema["Text"].Type);
    }

    [Fact]
    public void Input_Absent_ThrowsNamingTheColumn()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.Conversion.MapValueToKey("Key", "Nowhere").Fit(data));
        Assert.Contains("Could not find input column 'Nowhere'", error.Message);
    }

    [Fact]
    public void Columns_InPairs_HaveVocabulariesOfTheirOwn()
    {
        var view = ml.Transforms.Conversion.MapValueToKey([new("A", "Text"), new("B", "Number")]).Fit(data).Transform(data);

        Assert.Equal(3, view.KeyValues("A").Length);
        Assert.Equal(3, view.KeyValues<float>("B").Length);
    }

    [Theory]
    [InlineData("Text")]
    [InlineData("Number")]
    [InlineData("Words")]
    public void Model_SavedAndLoaded_MapsAlike(string column)
    {
        var model = ml.Transforms.Conversion.MapValueToKey("Key", column).Append(ml.Transforms.Conversion.MapKeyToValue("Back", "Key")).Fit(data);
        var loaded = model.SavedAndLoaded(data).Transform(data);

        Assert.Equal(model.Transform(data).Schema["Key"].Type, loaded.Schema["Key"].Type);
        if (column == "Words")
            Assert.Equal(data.Values<string[]>(column), loaded.Values<string[]>("Back"));
        else if (column == "Text")
            Assert.Equal(data.Values<string>(column), loaded.Values<string>("Back"));
        else
            Assert.Equal(data.Values<float>(column), loaded.Values<float>("Back"));
    }
}
