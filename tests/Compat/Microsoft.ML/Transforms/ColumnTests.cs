using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Transforms;

/// <summary>CopyColumns, DropColumns, SelectColumns, Concatenate.</summary>
public sealed class ColumnTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";
        public float Number { get; set; }
        [VectorType(2)] public float[] Pair { get; set; } = [0, 0];
        [VectorType] public float[] Any { get; set; } = [];
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public ColumnTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Text = "b", Number = 2, Pair = [1, 2], Any = [1, 2, 3] }, new() { Text = "a", Number = 5, Pair = [3, 0], Any = [9] },
    });

    private static IEnumerable<string> Visible(DataViewSchema schema) => schema.Where(c => !c.IsHidden).Select(c => c.Name);

    [Fact]
    public void Copy_Column_KeepsValuesTypeAndAnnotations()
    {
        var view = ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(ml.Transforms.CopyColumns("Copy", "Key")).Fit(data).Transform(data);

        Assert.Equal([1u, 2u], view.Values<uint>("Copy"));
        Assert.Equal(["b", "a"], view.KeyValues("Copy"));
        Assert.Equal(view.Schema["Key"].Type, view.Schema["Copy"].Type);
    }

    [Fact]
    public void Copy_OverAColumn_HidesTheOldOne()
    {
        var view = ml.Transforms.CopyColumns("Text", "Number").Fit(data).Transform(data);

        Assert.Equal(5, view.Schema.Count);
        Assert.True(view.Schema[0].IsHidden);
        Assert.Equal(NumberDataViewType.Single, view.Schema["Text"].Type);
    }

    [Fact]
    public void Copy_OfAbsentColumn_Throws() =>
        Assert.Contains("Could not find input column 'Nowhere'",
            Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.CopyColumns("Copy", "Nowhere").Fit(data)).Message);

    [Fact]
    public void Drop_Columns_LeavesTheOthersInOrder()
    {
        var view = ml.Transforms.DropColumns("Number", "Any").Fit(data).Transform(data);
        Assert.Equal(["Text", "Pair"], view.Schema.Select(c => c.Name));
    }

    [Fact]
    public void Drop_OfHidingColumn_DropsTheHiddenOneToo()
    {
        var view = ml.Transforms.CopyColumns("Text", "Number").Append(ml.Transforms.DropColumns("Text")).Fit(data).Transform(data);
        Assert.Equal(["Number", "Pair", "Any"], view.Schema.Select(c => c.Name));
    }

    [Fact]
    public void Select_Columns_KeepsTheOrderAsked()
    {
        var view = ml.Transforms.SelectColumns("Pair", "Text").Fit(data).Transform(data);

        Assert.Equal(["Pair", "Text"], view.Schema.Select(c => c.Name));
        Assert.Equal(["b", "a"], view.Values<string>("Text"));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Select_OfHidingColumn_KeepsTheHiddenOneWhenAsked(bool keepHidden, int count)
    {
        var view = ml.Transforms.CopyColumns("Text", "Number").Append(ml.Transforms.SelectColumns(["Text"], keepHidden)).Fit(data).Transform(data);

        Assert.Equal(count, view.Schema.Count);
        Assert.Equal([2f, 5f], view.Values<float>("Text"));
    }

    [Fact]
    public void Select_OfAbsentColumns_ThrowsNamingThem() =>
        Assert.Contains("'Nowhere,Else'", Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.SelectColumns("Nowhere", "Else", "Text").Fit(data)).Message);

    [Fact]
    public void Select_OfNothing_Throws() => Assert.Throws<InvalidOperationException>(() => ml.Transforms.SelectColumns());

    [Fact]
    public void Concatenate_ScalarAndVector_GivesAVectorWithSlotNames()
    {
        var view = ml.Transforms.Concatenate("All", "Number", "Pair").Fit(data).Transform(data);

        Assert.Equal([[2, 1, 2], [5, 3, 0]], view.Values<float[]>("All"));
        Assert.Equal(["Number", "", ""], view.SlotNames("All"));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), view.Schema["All"].Type);
    }

    [Fact]
    public void Concatenate_OfConcatenated_PrefixesSlotNames()
    {
        var view = ml.Transforms.Concatenate("All", "Number", "Pair").Append(ml.Transforms.Concatenate("More", "All", "Number")).Fit(data).Transform(data);
        Assert.Equal(["All.Number", "", "", "Number"], view.SlotNames("More"));
    }

    [Fact]
    public void Concatenate_OneVector_IsACopy()
    {
        var view = ml.Transforms.Concatenate("All", "Pair").Fit(data).Transform(data);

        Assert.Equal([[1, 2], [3, 0]], view.Values<float[]>("All"));
        Assert.False(view.Schema["All"].HasSlotNames());
    }

    [Fact]
    public void Concatenate_WithVariableVector_GivesAVariableVector()
    {
        var view = ml.Transforms.Concatenate("All", "Number", "Any").Fit(data).Transform(data);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), view.Schema["All"].Type);
        Assert.Equal([[2, 1, 2, 3], [5, 9]], view.Values<float[]>("All"));
    }

    [Fact]
    public void Concatenate_OfTwoTypes_ThrowsWithBoth() =>
        Assert.Contains("'Text': expected Single, got String",
            Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.Concatenate("All", "Number", "Text").Fit(data).Transform(data)).Message);

    [Fact]
    public void Concatenate_OfNothing_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.Concatenate("All"));

    [Fact]
    public void Chain_SavedAndLoaded_GivesTheSameSchemaAndValues()
    {
        var model = ml.Transforms.CopyColumns("Copy", "Number")
            .Append(ml.Transforms.Concatenate("All", "Copy", "Pair"))
            .Append(ml.Transforms.DropColumns("Any"))
            .Append(ml.Transforms.SelectColumns(["All", "Text"], keepHidden: false))
            .Fit(data);
        var loaded = model.SavedAndLoaded(data).Transform(data);

        Assert.Equal(["All", "Text"], Visible(loaded.Schema));
        Assert.Equal([[2, 1, 2], [5, 3, 0]], loaded.Values<float[]>("All"));
    }

    [Fact]
    public void RowCountAndShuffling_ThroughTransforms_AreTheSources()
    {
        var view = ml.Transforms.CopyColumns("Copy", "Number").Append(ml.Transforms.SelectColumns("Copy")).Fit(data).Transform(ml.Data.Cache(data));

        Assert.True(view.CanShuffle);
        Assert.False(ml.Transforms.CopyColumns("Copy", "Number").Fit(data).Transform(data).CanShuffle);
        Assert.Equal(data.GetRowCount(), view.GetRowCount());
    }
}
