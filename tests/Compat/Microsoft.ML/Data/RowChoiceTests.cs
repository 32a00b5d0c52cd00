using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Data;

public sealed class RowChoiceTests
{
    private static readonly MLContext s_ml = new(1);

    private static IDataView Rows => TwentyRows.Load(s_ml);

    [Fact]
    public void SkipAndTake_Rows_AreAWindow()
    {
        Assert.Equal([3, 4, 5, 6], Numbers.Of(s_ml.Data.TakeRows(s_ml.Data.SkipRows(Rows, 3), 4)));
        Assert.Equal(4, s_ml.Data.TakeRows(s_ml.Data.SkipRows(Rows, 3), 4).GetRowCount());
        Assert.Equal(0, s_ml.Data.SkipRows(Rows, 30).GetRowCount());
        Assert.Empty(Numbers.Of(s_ml.Data.SkipRows(Rows, 30)));
        Assert.False(s_ml.Data.TakeRows(s_ml.Data.Cache(Rows), 3).CanShuffle);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.TakeRows(Rows, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.SkipRows(Rows, 0));
    }

    [Fact]
    public void TakeRows_Source_IsReadNoFurther()
    {
        int read = 0;
        IEnumerable<TwentyRows> Counted()
        {
            for (; ; read++)
                yield return new TwentyRows { Number = read };
        }

        Assert.Equal([0, 1, 2], Numbers.Of(s_ml.Data.TakeRows(s_ml.Data.LoadFromEnumerable(Counted()), 3)));
        Assert.Equal(2, read);
    }

    [Fact]
    public void FilterRowsByColumn_Bounds_AreHalfOpen()
    {
        var rows = s_ml.Data.LoadFromEnumerable(new[] { 1, 2, float.NaN, 3, float.PositiveInfinity, 4 }.Select(number => new TwentyRows { Number = number }));

        Assert.Equal([2f, 3f], s_ml.Data.FilterRowsByColumn(rows, "Number", 2, 4).GetColumn<float>("Number"));
        Assert.Equal([3f, 4f], s_ml.Data.FilterRowsByColumn(rows, "Number", 3).GetColumn<float>("Number"));
        Assert.Null(s_ml.Data.FilterRowsByColumn(Rows, "Number", 2, 4).GetRowCount());
    }

    [Fact]
    public void FilterRowsByColumn_WrongColumn_SaysWhy()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByColumn(Rows, "Group", 1));

        Assert.StartsWith("Schema mismatch for filter column 'Group': expected number, got String", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByColumn(Rows, "Absent", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByColumn(Rows, "Big", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByColumn(Rows, "Number", 2, 1));
    }

    [Fact]
    public void FilterRowsByKeyColumnFraction_Keys_AreCutAtTheirMiddles()
    {
        // Five keys lie at 0.1, 0.3, 0.5, 0.7 and 0.9.
        Assert.Equal([0, 1, 5, 6, 10, 11, 15, 16], Numbers.Of(s_ml.Data.FilterRowsByKeyColumnFraction(Rows, "Key", 0, 0.5)));
        Assert.Equal([2, 3, 4, 7, 8, 9, 12, 13, 14, 17, 18, 19], Numbers.Of(s_ml.Data.FilterRowsByKeyColumnFraction(Rows, "Key", 0.5, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByKeyColumnFraction(Rows, "Number"));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByKeyColumnFraction(Rows, "Key", -0.1, 1));
    }

    [Fact]
    public void FilterRowsByMissingValues_Rows_HaveNeitherNaNNorMissingKey()
    {
        var rows = s_ml.Data.LoadFromEnumerable(new[]
        {
            new MissingRow { Number = 0 }, new MissingRow { Number = 1, Value = double.NaN }, new MissingRow { Number = 2, Vector = [1, float.NaN] },
            new MissingRow { Number = 3, Key = 9 }, new MissingRow { Number = 4 },
        });

        Assert.Equal([0, 4], Numbers.Of(s_ml.Data.FilterRowsByMissingValues(rows, "Value", "Vector", "Key")));
        Assert.Equal([0, 1, 2, 4], Numbers.Of(s_ml.Data.FilterRowsByMissingValues(rows, "Key")));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByMissingValues(rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByMissingValues(rows, "Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.FilterRowsByMissingValues(rows, "Key", "Key"));
    }

    // The orders are what Microsoft.ML 5.0.0 gives for seed 3.
    [Fact]
    public void ShuffleRows_Seed_DeterminesTheOrder()
    {
        Assert.Equal([11, 17, 3, 9, 18, 2, 4, 5, 1, 19, 10, 16, 12, 15, 0, 14, 6, 13, 8, 7], Numbers.Of(s_ml.Data.ShuffleRows(Rows, 3)));
        Assert.Equal([2, 4, 0, 1, 7, 6, 9, 3, 11, 12, 10, 13, 5, 14, 15, 16, 18, 8, 17, 19], Numbers.Of(s_ml.Data.ShuffleRows(Rows, 3, 4)));
        Assert.Equal(
            [0, 1, 14, 18, 2, 15, 3, 13, 16, 7, 9, 6, 19, 11, 10, 5, 17, 12, 8, 4], Numbers.Of(s_ml.Data.ShuffleRows(s_ml.Data.Cache(Rows), 3)));
        Assert.Equal(
            [3, 18, 13, 12, 5, 8, 6, 2, 15, 1, 10, 14, 19, 4, 0, 16, 11, 7, 9, 17],
            Numbers.Of(s_ml.Data.ShuffleRows(s_ml.Data.Cache(Rows), 3, shuffleSource: false)));
    }

    [Fact]
    public void ShuffleRows_View_KeepsColumnsCountAndIds()
    {
        var shuffled = s_ml.Data.ShuffleRows(Rows, 3, 6);
        using var cursor = shuffled.GetRowCursor(shuffled.Schema);
        var number = cursor.GetGetter<float>(shuffled.Schema["Number"]);
        var group = cursor.GetGetter<ReadOnlyMemory<char>>(shuffled.Schema["Group"]);
        var id = cursor.GetIdGetter();
        (float Number, ReadOnlyMemory<char> Group, DataViewRowId Id) row = default;

        for (int i = 0; cursor.MoveNext(); i++)
        {
            number(ref row.Number);
            group(ref row.Group);
            id(ref row.Id);
            Assert.Equal(i, cursor.Position);
            Assert.Equal(("g" + row.Number % 6, new DataViewRowId((ulong)row.Number, 0)), (row.Group.ToString(), row.Id));
        }
        Assert.True(shuffled.CanShuffle);
        Assert.Equal(20, shuffled.GetRowCount());
        Assert.Equal(Numbers.Of(shuffled), Numbers.Of(shuffled));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.ShuffleRows(Rows, 3, 0));
    }

    [Fact]
    public void BootstrapSample_Complement_HasTheRowsThatAreNotDrawn()
    {
        int[] drawn = Numbers.Of(s_ml.Data.BootstrapSample(Rows, 3));
        int[] rest = Numbers.Of(s_ml.Data.BootstrapSample(Rows, 3, complement: true));

        // As Microsoft.ML 5.0.0.
        Assert.Equal([1, 1, 5, 6, 7, 7, 8, 9, 9, 10, 12, 13, 13, 14, 14, 16, 17, 17, 17, 18, 19, 19, 19], drawn);
        Assert.Equal(Enumerable.Range(0, 20).Except(drawn), rest);
    }

    private sealed class MissingRow
    {
        public float Number { get; set; }
        public double Value { get; set; }
        [VectorType(2)] public float[] Vector { get; set; } = [0, 0];
        [KeyType(3)] public uint Key { get; set; }
        public string Text { get; set; } = "";
    }
}
