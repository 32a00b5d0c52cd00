using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Transforms;

public sealed class ConvertTypeTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";
        public float Number { get; set; }
        public bool Flag { get; set; }
        public int Count { get; set; }
        [VectorType(2)] public int[] Pair { get; set; } = [0, 0];
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public ConvertTypeTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Text = "2.5", Number = 2, Flag = true, Count = 7, Pair = [1, 2] }, new() { Text = "no number", Number = float.NaN, Count = -1, Pair = [3, 0] },
    });

    private IDataView Converted(string column, DataKind kind) => ml.Transforms.Conversion.ConvertType("Out", column, kind).Fit(data).Transform(data);

    [Fact]
    public void Text_ToSingle_GivesNaNWhereItIsNoNumber() => Assert.Equal([2.5f, float.NaN], Converted("Text", DataKind.Single).Values<float>("Out"));

    [Theory]
    [InlineData("1.5 ", 1.5f)]
    [InlineData("+1", 1f)]
    [InlineData("-1e3", -1000f)]
    [InlineData("  ", 0f)]
    [InlineData(" 1.5", float.NaN)]
    [InlineData("1 5", float.NaN)]
    [InlineData("1,5", float.NaN)]
    [InlineData("?", float.NaN)]
    public void Text_ToSingle_MayHaveBlanksBehind(string text, float expected)
    {
        var texts = ml.Data.LoadFromEnumerable(new[] { new { Text = text } });

        Assert.Equal([expected], ml.Transforms.Conversion.ConvertType("Out", "Text").Fit(texts).Transform(texts).Values<float>("Out"));
    }

    [Fact]
    public void Text_ToUInt32_GivesZeroWhereItIsNoNumber() => Assert.Equal([0u, 0u], Converted("Text", DataKind.UInt32).Values<uint>("Out"));

    [Fact]
    public void Text_ToInt32NotANumber_ThrowsWhenRead() => Assert.Throws<InvalidOperationException>(() => Converted("Text", DataKind.Int32).Values<int>("Out"));

    [Fact]
    public void Number_ToText_WritesIt() => Assert.Equal(["2", "NaN"], Converted("Number", DataKind.String).Values<string>("Out"));

    [Fact]
    public void Number_ToDouble_Widens() => Assert.Equal([2d, double.NaN], Converted("Number", DataKind.Double).Values<double>("Out"));

    [Fact]
    public void Flag_ToSingle_GivesOneAndZero() => Assert.Equal([1f, 0f], Converted("Flag", DataKind.Single).Values<float>("Out"));

    [Fact]
    public void Integer_ToSByte_Narrows() => Assert.Equal([(sbyte)7, (sbyte)-1], Converted("Count", DataKind.SByte).Values<sbyte>("Out"));

    [Fact]
    public void Vector_OfIntegers_ConvertsEachItem()
    {
        var view = Converted("Pair", DataKind.Single);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["Out"].Type);
        Assert.Equal([[1, 2], [3, 0]], view.Values<float[]>("Out"));
    }

    [Fact]
    public void Key_ToUInt64_StaysAKey()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(ml.Transforms.Conversion.ConvertType("Out", "Key", DataKind.UInt64)).Fit(data).Transform(data);

        Assert.Equal(new KeyDataViewType(typeof(ulong), 2), view.Schema["Out"].Type);
        Assert.Equal([1ul, 2ul], view.Values<ulong>("Out"));
        Assert.Equal(["2.5", "no number"], view.KeyValues("Out"));
    }

    [Theory]
    [InlineData("Number", DataKind.Int32)]
    [InlineData("Count", DataKind.UInt32)]
    [InlineData("Count", DataKind.DateTime)]
    public void Types_WithoutConversion_ThrowAtFit(string column, DataKind kind) =>
        Assert.Contains("is not compatible with destination type", Assert.Throws<ArgumentOutOfRangeException>(() => Converted(column, kind)).Message);

    [Fact]
    public void Model_SavedAndLoaded_ConvertsAlike() =>
        Assert.Equal([2.5f, float.NaN], ml.Transforms.Conversion.ConvertType("Out", "Text").Fit(data).SavedAndLoaded(data).Transform(data).Values<float>("Out"));
}
