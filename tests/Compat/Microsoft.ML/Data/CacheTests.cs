using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Data;

public sealed class CacheTests
{
    private static readonly MLContext s_ml = new(1);

    [Fact]
    public void Cache_SecondCursor_DoesNotReadAgain()
    {
        int enumerations = 0;
        IEnumerable<Row> Rows()
        {
            enumerations++;
            for (int i = 0; i < 5; i++)
                yield return new Row { Number = i, Vector = [.. Enumerable.Repeat((float)i, i)] };
        }
        var cached = s_ml.Data.Cache(s_ml.Data.LoadFromEnumerable(Rows()), "Number", "Vector");

        Assert.Equal([0f, 1, 2, 3, 4], cached.GetColumn<float>("Number"));
        Assert.Equal([0, 1, 2, 3, 4], cached.GetColumn<float[]>("Vector").Select(vector => vector.Length));
        Assert.Equal([0f, 1, 2, 3, 4], cached.GetColumn<float>("Number"));
        Assert.Equal(1, enumerations);
        Assert.Equal(5, cached.GetRowCount());
        Assert.True(cached.CanShuffle);
    }

    [Fact]
    public void Cache_ChangedValues_StayAsTheyWere()
    {
        var row = new Row { Vector = [1, 2] };
        var cached = s_ml.Data.Cache(s_ml.Data.LoadFromEnumerable(new[] { row }));
        Assert.Equal([1f, 2], cached.GetColumn<float[]>("Vector").Single());
        row.Vector[0] = 50;

        var read = cached.GetColumn<VBuffer<float>>("Vector").Single();
        VBufferEditor.CreateFromBuffer(ref read).Values[1] = 60;

        Assert.Equal([1f, 2], cached.GetColumn<float[]>("Vector").Single());
    }

    [Fact]
    public void Cache_RandomCursor_GivesAPermutation()
    {
        var cached = s_ml.Data.Cache(TwentyRows.Load(s_ml));
        using var cursor = cached.GetRowCursor(cached.Schema, new Random(4));
        var getter = cursor.GetGetter<float>(cached.Schema["Number"]);
        var id = cursor.GetIdGetter();
        var numbers = new List<float>();
        DataViewRowId row = default;
        for (float number = 0; cursor.MoveNext();)
        {
            getter(ref number);
            id(ref row);
            numbers.Add(number);
            Assert.Equal(new DataViewRowId((ulong)number, 0), row);
        }

        // What Microsoft.ML 5.0.0 gives with .NET's generator of seed 4.
        Assert.Equal([16f, 19, 12, 10, 4, 5, 15, 2, 13, 17, 7, 0, 6, 11, 18, 9, 14, 8, 1, 3], numbers);
    }

    [Fact]
    public void Cache_CursorSet_SharesTheRows()
    {
        var cached = s_ml.Data.Cache(s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(i => new Row { Number = i }).ToList()));

        var cursors = cached.GetRowCursorSet([cached.Schema["Number"]], 3);
        var numbers = new List<float>();
        foreach (var cursor in cursors)
            using (cursor)
            {
                var getter = cursor.GetGetter<float>(cached.Schema["Number"]);
                for (float number = 0; cursor.MoveNext(); numbers.Add(number))
                    getter(ref number);
            }

        Assert.Equal(3, cursors.Length);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (float)i), numbers.Order());
    }

    [Fact]
    public void Cache_Errors_NameTheColumn()
    {
        var cached = s_ml.Data.Cache(TwentyRows.Load(s_ml));

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.Cache(TwentyRows.Load(s_ml), "Absent"));

        Assert.Contains("Could not find prefetch column 'Absent'", error.Message);
        using var cursor = cached.GetRowCursor(cached.Schema);
        using var none = cached.GetRowCursor([]);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(cached.Schema["Number"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => none.GetGetter<float>(cached.Schema["Number"]));
    }

    [Fact]
    public void Cache_NoColumns_StillCountsTheRows()
    {
        var cached = s_ml.Data.Cache(TwentyRows.Load(s_ml));
        using var cursor = cached.GetRowCursor([]);
        int rows = 0;
        while (cursor.MoveNext())
            rows++;

        Assert.Equal(20, rows);
    }

    private sealed class Row
    {
        public float Number { get; set; }
        public float[] Vector { get; set; } = [];
    }
}
