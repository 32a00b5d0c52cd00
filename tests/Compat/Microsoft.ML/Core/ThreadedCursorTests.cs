using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Core;

/// <summary>Columns that a transform of the library computes are computed ahead, on several threads.</summary>
public sealed class ThreadedCursorTests
{
    private static readonly MLContext s_ml = new(1);

    private static IDataView Rows(int count) =>
        s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row { Number = i, Text = "t" + i, Vector = [.. Enumerable.Repeat((float)i, i % 5)] }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1000)]
    public void Mapped_Rows_KeepTheirOrder(int count)
    {
        var view = Twice(_ => { }).Append(s_ml.Transforms.CopyColumns("Copy", "Twice")).Fit(Rows(count)).Transform(Rows(count));

        using var cursor = view.GetRowCursor(view.Schema);
        var twice = cursor.GetGetter<float>(view.Schema["Copy"]);
        var text = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Text"]);
        var vector = cursor.GetGetter<VBuffer<float>>(view.Schema["Vector"]);
        var id = cursor.GetIdGetter();
        (float Twice, ReadOnlyMemory<char> Text, VBuffer<float> Vector, DataViewRowId Id) row = default;
        int rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            twice(ref row.Twice);
            text(ref row.Text);
            vector(ref row.Vector);
            id(ref row.Id);
            Assert.Equal(rows, cursor.Position);
            Assert.Equal((2f * rows, "t" + rows), (row.Twice, row.Text.ToString()));
            Assert.Equal(Enumerable.Repeat((float)rows, rows % 5), row.Vector.DenseValues());
        }
        Assert.Equal(count, rows);
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void Mapped_EachRow_IsComputedOnceElsewhere()
    {
        var calls = new ConcurrentBag<int>();
        var view = Twice(_ => calls.Add(Environment.CurrentManagedThreadId)).Fit(Rows(50)).Transform(Rows(50));

        Assert.Equal(50, view.GetColumn<float>("Twice").Count());

        Assert.Equal(50, calls.Count);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, calls);
    }

    [Fact]
    public void Mapped_ErrorInARow_ArrivesAsTheInnerException()
    {
        var view = Twice(number => { if (number == 30) throw new InvalidDataException("thirty"); }).Fit(Rows(50)).Transform(Rows(50));

        var error = Assert.Throws<InvalidOperationException>(() => view.GetColumn<float>("Twice").Count());

        Assert.Equal("thirty", Assert.IsType<InvalidDataException>(error.GetBaseException()).Message);
    }

    [Fact]
    public void Mapped_ErrorInTheSource_ArrivesAsTheInnerException()
    {
        static IEnumerable<Row> Failing()
        {
            yield return new Row();
            throw new InvalidDataException("bad");
        }
        var view = s_ml.Transforms.CopyColumns("Copy", "Number").Fit(Rows(1)).Transform(s_ml.Data.LoadFromEnumerable(Failing()));

        Assert.IsType<InvalidDataException>(Assert.Throws<InvalidOperationException>(() => view.GetColumn<float>("Copy").Count()).GetBaseException());
        Assert.Throws<InvalidDataException>(() => view.GetColumn<float>("Number").Count());
    }

    [Fact]
    public void CachedAndShuffled_ErrorInTheSource_ArrivesAsTheInnerException()
    {
        static IEnumerable<Row> Failing()
        {
            yield return new Row();
            throw new InvalidDataException("bad");
        }
        var cached = s_ml.Data.Cache(s_ml.Data.LoadFromEnumerable(Failing()));
        var shuffled = s_ml.Data.ShuffleRows(s_ml.Data.LoadFromEnumerable(Failing()), 1);

        Assert.IsType<InvalidDataException>(Assert.Throws<InvalidOperationException>(() => cached.GetColumn<float>("Number").Count()).GetBaseException());
        Assert.IsType<InvalidDataException>(Assert.Throws<InvalidOperationException>(() => shuffled.GetColumn<float>("Number").Count()).GetBaseException());
    }

    [Fact]
    public void Mapped_EndlessSource_CanBeLeft()
    {
        static IEnumerable<Row> Endless()
        {
            for (int i = 0; ; i++)
                yield return new Row { Number = i };
        }
        var view = Twice(_ => { }).Fit(Rows(1)).Transform(s_ml.Data.LoadFromEnumerable(Endless()));

        Assert.Equal([0f, 2, 4, 6], view.GetColumn<float>("Twice").Take(4));
        Assert.Equal([0f, 2, 4, 6], s_ml.Data.TakeRows(view, 4).GetColumn<float>("Twice"));
    }

    [Fact]
    public void Filter_OverMappedRows_KeepsTheirOrder()
    {
        var view = Twice(_ => { }).Fit(Rows(1)).Transform(Rows(500));

        Assert.Equal(
            Enumerable.Range(100, 50).Select(number => 2f * number), s_ml.Data.FilterRowsByColumn(view, "Twice", 200, 300).GetColumn<float>("Twice"));
    }

    [Fact]
    public void Mapped_CursorSet_SharesTheRows()
    {
        var view = Twice(_ => { }).Fit(Rows(1)).Transform(Rows(300));
        var numbers = new List<float>();

        foreach (var cursor in view.GetRowCursorSet([view.Schema["Twice"]], 3))
            using (cursor)
            {
                var getter = cursor.GetGetter<float>(view.Schema["Twice"]);
                for (float number = 0; cursor.MoveNext(); numbers.Add(number))
                    getter(ref number);
            }

        Assert.Equal(Enumerable.Range(0, 300).Select(number => 2f * number), numbers.Order());
    }

    [Fact]
    public void Mapped_Getters_CheckTypeAndState()
    {
        var view = Twice(_ => { }).Fit(Rows(1)).Transform(Rows(2));
        using var cursor = view.GetRowCursor([view.Schema["Twice"]]);
        var getter = cursor.GetGetter<float>(view.Schema["Twice"]);

        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Twice"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<float>(view.Schema["Number"]));
        Assert.Throws<InvalidOperationException>(() =>
        {
            float value = 0;
            getter(ref value);
        });
        Assert.False(cursor.IsColumnActive(view.Schema["Number"]));
    }

    private static IEstimator<ITransformer> Twice(Action<float> onRow) => s_ml.Transforms.CustomMapping<Input, Output>(
        (input, output) =>
        {
            onRow(input.Number);
            output.Twice = 2 * input.Number;
        },
        null);

    private sealed class Row
    {
        public float Number { get; set; }
        public string Text { get; set; } = "";
        public float[] Vector { get; set; } = [];
    }

    private sealed class Input
    {
        public float Number { get; set; }
    }

    private sealed class Output
    {
        public float Twice { get; set; }
    }
}
