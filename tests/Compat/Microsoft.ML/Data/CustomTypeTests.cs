using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Data;

public sealed class CustomTypeTests
{
    private static readonly MLContext s_ml = new(1);

    [Fact]
    public void RegisteredType_Rows_RoundTrip()
    {
        var view = s_ml.Data.LoadFromEnumerable(new[] { new Row { Place = new Point(3, 4) } });

        Assert.Equal(new PointType(), view.Schema["Place"].Type);
        Assert.Equal(new Point(3, 4), view.GetColumn<Point>("Place").Single());
        Assert.Equal(new Point(3, 4), s_ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false).Single().Place);
    }

    [Fact]
    public void RegisteredType_Cache_DropsItsColumn()
    {
        var view = s_ml.Data.Cache(s_ml.Data.LoadFromEnumerable(new[] { new Row { Number = 5 } }));

        Assert.Equal(["Number"], view.Schema.Select(column => column.Name));
        Assert.Equal(["Number"], s_ml.Data.ShuffleRows(s_ml.Data.LoadFromEnumerable(new[] { new Row() })).Schema.Select(column => column.Name));
        Assert.Equal([5f], view.GetColumn<float>("Number"));
    }

    [Fact]
    public void Register_Conflicts_Throw()
    {
        DataViewTypeManager.Register(new PointType(), typeof(Point), new PointAttribute());

        Assert.Throws<ArgumentOutOfRangeException>(() => DataViewTypeManager.Register(new OtherType(), typeof(Point), new PointAttribute()));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataViewTypeManager.Register(new PointType(), typeof(Stream)));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataViewTypeManager.Register(new OtherType(), typeof(float)));
    }

    private sealed class Row
    {
        [Point] public Point Place { get; set; } = new(0, 0);
        public float Number { get; set; }
    }

    private sealed record Point(int X, int Y);

    private sealed class PointAttribute : DataViewTypeAttribute
    {
        public override bool Equals(DataViewTypeAttribute? other) => other is PointAttribute;

        public override void Register() => DataViewTypeManager.Register(new PointType(), typeof(Point), this);
    }

    private sealed class PointType() : StructuredDataViewType(typeof(Point))
    {
        public override bool Equals(DataViewType? other) => other is PointType;

        public override bool Equals(object? obj) => obj is PointType;

        public override int GetHashCode() => 1;
    }

    private sealed class OtherType() : StructuredDataViewType(typeof(Point))
    {
        public override bool Equals(DataViewType? other) => other is OtherType;

        public override bool Equals(object? obj) => obj is OtherType;

        public override int GetHashCode() => 2;
    }
}
