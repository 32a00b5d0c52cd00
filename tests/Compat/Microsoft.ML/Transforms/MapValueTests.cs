using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Transforms;

public sealed class MapValueTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";
        [VectorType(2)] public string[] Words { get; set; } = ["", ""];
    }

    private sealed class Entry
    {
        public string Word { get; set; } = "";
        [VectorType(2)] public float[] Place { get; set; } = [0, 0];
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public MapValueTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Text = "b", Words = ["x", ""] }, new() { Text = "a", Words = ["y", "x"] }, new() { Text = "c", Words = ["z", "x"] },
    });

    [Fact]
    public void Pairs_OfNumbers_GiveZeroForUnknownKeys()
    {
        var view = ml.Transforms.Conversion.MapValue("Out", new Dictionary<string, float> { ["a"] = 1, ["b"] = 2 }, "Text").Fit(data).Transform(data);
        Assert.Equal([2f, 1f, 0f], view.Values<float>("Out"));
    }

    [Fact]
    public void Pairs_OfText_GiveEmptyTextForUnknownKeys()
    {
        var view = ml.Transforms.Conversion.MapValue("Out", new Dictionary<string, string> { ["a"] = "one", ["b"] = "two" }, "Text").Fit(data).Transform(data);
        Assert.Equal(["two", "one", ""], view.Values<string>("Out"));
    }

    [Fact]
    public void Pairs_OfArraysOfOneLength_GiveKnownSizeVectors()
    {
        var view = ml.Transforms.Conversion.MapValue("Out", new Dictionary<string, float[]> { ["a"] = [1, 2], ["b"] = [2, 3] }, "Text").Fit(data).Transform(data);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["Out"].Type);
        Assert.Equal([[2, 3], [1, 2]], view.Values<float[]>("Out").Take(2));
    }

    [Fact]
    public void Pairs_OfArraysOfSeveralLengths_GiveVariableVectors()
    {
        var view = ml.Transforms.Conversion.MapValue("Out", new Dictionary<string, float[]> { ["a"] = [1, 2], ["b"] = [2] }, "Text").Fit(data).Transform(data);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), view.Schema["Out"].Type);
        Assert.Equal([[2], [1, 2], []], view.Values<float[]>("Out"));
    }

    [Fact]
    public void Input_OfVector_MapsEachItem()
    {
        var view = ml.Transforms.Conversion.MapValue("Out", new Dictionary<string, float> { ["x"] = 1, ["y"] = 2 }, "Words").Fit(data).Transform(data);
        Assert.Equal([[1, 0], [2, 1], [0, 1]], view.Values<float[]>("Out"));
    }

    [Fact]
    public void Values_TreatedAsKeys_BecomeKeysWithKeyValues()
    {
        var view = ml.Transforms.Conversion.MapValue("Out", new Dictionary<string, string> { ["a"] = "one", ["b"] = "two" }, "Text", treatValuesAsKeyType: true).Fit(data).Transform(data);

        Assert.Equal([2u, 1u, 0u], view.Values<uint>("Out"));
        Assert.Equal(["one", "two"], view.KeyValues("Out"));
    }

    [Fact]
    public void Lookup_OfAView_MapsToItsColumn()
    {
        var map = ml.Data.LoadFromEnumerable(new Entry[] { new() { Word = "a", Place = [1, 2] }, new() { Word = "b", Place = [3, 4] } });
        var view = ml.Transforms.Conversion.MapValue("Out", map, map.Schema["Word"], map.Schema["Place"], "Text").Fit(data).Transform(data);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["Out"].Type);
        Assert.Equal([[3, 4], [1, 2]], view.Values<float[]>("Out").Take(2));
    }

    [Fact]
    public void Keys_Twice_ThrowsNamingTheKey()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            ml.Transforms.Conversion.MapValue("Out", new[] { KeyValuePair.Create("a", 1), KeyValuePair.Create("a", 2) }, "Text"));
        Assert.Contains("Duplicate keys in data 'a'", error.Message);
    }

    [Fact]
    public void Model_SavedAndLoaded_MapsAlike()
    {
        var model = ml.Transforms.Conversion.MapValue("Number", new Dictionary<string, float> { ["a"] = 1, ["b"] = 2 }, "Text")
            .Append(ml.Transforms.Conversion.MapValue("Place", new Dictionary<string, float[]> { ["a"] = [1, 2], ["b"] = [2, 3], ["c"] = [4, 5] }, "Text"))
            .Append(ml.Transforms.Conversion.MapValue("Key", new Dictionary<string, string> { ["a"] = "one", ["b"] = "two" }, "Text", true))
            .Append(ml.Transforms.Conversion.MapValue("Name", new Dictionary<string, string> { ["a"] = "one", ["b"] = "two" }, "Text"))
            .Fit(data);
        var loaded = model.SavedAndLoaded(data).Transform(data);

        Assert.Equal([2f, 1f, 0f], loaded.Values<float>("Number"));
        Assert.Equal([[2, 3], [1, 2], [4, 5]], loaded.Values<float[]>("Place"));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), loaded.Schema["Place"].Type);
        Assert.Equal(["one", "two"], loaded.KeyValues("Key"));
        Assert.Equal(["two", "one", ""], loaded.Values<string>("Name"));
    }
}
