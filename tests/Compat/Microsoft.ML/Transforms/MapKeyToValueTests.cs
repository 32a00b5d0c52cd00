using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Transforms;

public sealed class MapKeyToValueTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";
        public float Number { get; set; }
        [KeyType(3)] public uint Key { get; set; }
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public MapKeyToValueTests() => data = ml.Data.LoadFromEnumerable(new Row[] { new() { Text = "b", Number = 2 }, new() { Text = "", Number = float.NaN } });

    [Fact]
    public void Key_MissingOfText_BecomesEmptyText()
    {
        var chain = ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(ml.Transforms.Conversion.MapKeyToValue("Back", "Key"));
        Assert.Equal(["b", ""], chain.Fit(data).Transform(data).Values<string>("Back"));
    }

    [Fact]
    public void Key_MissingOfNumber_BecomesNaN()
    {
        var chain = ml.Transforms.Conversion.MapValueToKey("Key", "Number").Append(ml.Transforms.Conversion.MapKeyToValue("Back", "Key"));
        Assert.Equal([2f, float.NaN], chain.Fit(data).Transform(data).Values<float>("Back"));
    }

    [Fact]
    public void Output_NotNamed_ReplacesTheKey()
    {
        var chain = ml.Transforms.Conversion.MapValueToKey("Text").Append(ml.Transforms.Conversion.MapKeyToValue("Text"));
        Assert.Equal(TextDataViewType.Instance, chain.Fit(data).Transform(data).Schema["Text"].Type);
    }

    [Fact]
    public void Input_NotAKey_ThrowsWithBothTypes()
    {
        // In a chain the shape of the schema is checked first, and there the message names the types.
        var chain = ml.Transforms.CopyColumns("Copy", "Text").Append(ml.Transforms.Conversion.MapKeyToValue("Back", "Text"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(data));
        Assert.Contains("Schema mismatch for input column 'Text': expected KeyType, got String", error.Message);
    }

    [Fact]
    public void Key_WithoutKeyValues_Throws() =>
        Assert.Throws<InvalidOperationException>(() => ml.Transforms.Conversion.MapKeyToValue("Back", "Key").Fit(data));
}
