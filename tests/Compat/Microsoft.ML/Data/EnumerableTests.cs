using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Data;

public sealed class EnumerableTests
{
    private static readonly MLContext s_ml = new(1);

    [Fact]
    public void LoadFromEnumerable_Members_BecomeColumnsFieldsFirst()
    {
        var view = s_ml.Data.LoadFromEnumerable(new List<Everything> { new() });

        Assert.Equal(
            ["Field: Single", "Renamed: Double", "Fixed: Vector<Single, 2, 2>", "Key: Key<UInt32, 0-4>", "Text: String", "Texts: Vector<String>",
             "Flag: Boolean", "Day: DateTime", "Buffer: Vector<Int32>", "Bytes: Vector<Byte>"],
            view.Schema.Select(column => column.ToString()));
        Assert.False(view.CanShuffle);
        Assert.Equal(1, view.GetRowCount());
        Assert.Null(s_ml.Data.LoadFromEnumerable(Endless()).GetRowCount());
    }

    [Fact]
    public void LoadFromEnumerable_Rows_AreReadLazily()
    {
        Assert.Equal([0f, 1f, 2f], s_ml.Data.LoadFromEnumerable(Endless()).GetColumn<float>("Number").Take(3));
    }

    [Fact]
    public void Enumerable_RoundTrip_KeepsEveryMember()
    {
        var day = new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        var row = new Everything
        {
            Field = 1.5f, Name = 2.5, Fixed = [1, 2, 3, 4], Key = 2, Text = "löwe", Texts = ["a", "", "c"], Flag = true, Day = day,
            Buffer = new VBuffer<int>(3, [7, 8, 9]), Bytes = [1, 2],
        };

        var back = s_ml.Data.CreateEnumerable<Everything>(s_ml.Data.LoadFromEnumerable([row]), reuseRowObject: false).Single();

        Assert.Equal((1.5f, 2.5, "löwe", true, day), (back.Field, back.Name, back.Text, back.Flag, back.Day));
        Assert.Equal([1f, 2, 3, 4], back.Fixed);
        Assert.Equal(["a", "", "c"], back.Texts);
        Assert.Equal([7, 8, 9], back.Buffer.DenseValues());
        Assert.Equal(new byte[] { 1, 2 }, back.Bytes);
        // Written from 0, read back from 1.
        Assert.Equal(3u, back.Key);
    }

    [Fact]
    public void Enumerable_Nulls_BecomeEmpty()
    {
        var row = new Everything { Text = null!, Texts = null!, Fixed = null!, Bytes = null! };

        var back = s_ml.Data.CreateEnumerable<Everything>(s_ml.Data.LoadFromEnumerable([row]), reuseRowObject: false).Single();

        Assert.Equal("", back.Text);
        Assert.Empty(back.Texts);
        Assert.Empty(back.Bytes);
        Assert.Empty(back.Fixed);
    }

    [Fact]
    public void Key_AtOrAboveTheCount_IsMissing()
    {
        var rows = new uint[] { 0, 4, 5, 1000, uint.MaxValue }.Select(key => new Everything { Key = key });

        Assert.Equal([1u, 5, 0, 0, 0], s_ml.Data.LoadFromEnumerable(rows).GetColumn<uint>("Key"));
    }

    [Fact]
    public void KeyVector_Values_AreTakenAsTheyAre()
    {
        var view = s_ml.Data.LoadFromEnumerable(new[] { new KeyVectorRow { Keys = [0, 1, 3] } });

        Assert.Equal([0u, 1, 3], view.GetColumn<uint[]>("Keys").Single());
        Assert.Equal("Vector<Key<UInt32, 0-4>>", view.Schema["Keys"].Type.ToString());
    }

    [Fact]
    public void CreateEnumerable_ReuseRowObject_GivesOneObject()
    {
        var view = s_ml.Data.LoadFromEnumerable(Endless().Take(3).ToList());

        Assert.Single(s_ml.Data.CreateEnumerable<NumberRow>(view, reuseRowObject: true).Distinct());
        Assert.Equal(3, s_ml.Data.CreateEnumerable<NumberRow>(view, reuseRowObject: false).Distinct().Count());
    }

    [Fact]
    public void CreateEnumerable_MissingColumn_ThrowsUnlessIgnored()
    {
        var view = s_ml.Data.LoadFromEnumerable(Endless().Take(1).ToList());

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.CreateEnumerable<WiderRow>(view, reuseRowObject: false));

        Assert.Contains("column 'Absent'", error.Message);
        Assert.Equal(-1, s_ml.Data.CreateEnumerable<WiderRow>(view, reuseRowObject: false, ignoreMissingColumns: true).Single().Absent);
    }

    [Fact]
    public void CreateEnumerable_WrongType_NamesBothTypes()
    {
        var view = s_ml.Data.LoadFromEnumerable(Endless().Take(1).ToList());

        var wrong = Assert.Throws<InvalidOperationException>(() => s_ml.Data.CreateEnumerable<IntegerRow>(view, reuseRowObject: false));
        var unknown = Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.CreateEnumerable<DecimalRow>(view, reuseRowObject: false));

        Assert.Equal("Can't bind the IDataView column 'Number' of type 'Single' to field or property 'Number' of type 'System.Int32'.", wrong.Message);
        Assert.Contains("change the Number member to 'System.Single'", unknown.Message);
    }

    [Fact]
    public void LoadFromEnumerable_BadClasses_Throw()
    {
        Assert.Contains("member Number", Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.LoadFromEnumerable(new DecimalRow[0])).Message);
        Assert.Contains("'A'", Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.LoadFromEnumerable(new RepeatedRow[0])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.LoadFromEnumerable(new NullableRow[0]));
        Assert.Throws<ArgumentNullException>(() => s_ml.Data.LoadFromEnumerable<NumberRow>(null!));
    }

    [Fact]
    public void Cursor_NullRow_Throws()
    {
        using var cursor = Cursor(s_ml.Data.LoadFromEnumerable(new NumberRow[] { null! }));

        Assert.Throws<InvalidOperationException>(() => cursor.MoveNext());
    }

    [Fact]
    public void Cursor_Getters_CheckTypeAndActivity()
    {
        var view = s_ml.Data.LoadFromEnumerable(Endless().Take(2).ToList());
        using var all = Cursor(view);
        using var none = view.GetRowCursor([]);

        var wrongType = Assert.Throws<InvalidOperationException>(() => all.GetGetter<int>(view.Schema["Number"]));

        Assert.StartsWith("Invalid TValue in GetGetter", wrongType.Message, StringComparison.Ordinal);
        Assert.Contains("expected type: 'System.Single'", wrongType.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => none.GetGetter<float>(view.Schema["Number"]));
        Assert.False(none.IsColumnActive(view.Schema["Number"]));
        Assert.True(all.IsColumnActive(view.Schema["Number"]));
    }

    [Fact]
    public void Cursor_PositionAndId_CountTheRows()
    {
        using var cursor = Cursor(s_ml.Data.LoadFromEnumerable(Endless().Take(2).ToList()));
        var id = cursor.GetIdGetter();
        DataViewRowId value = default;

        Assert.Equal(-1, cursor.Position);
        Assert.True(cursor.MoveNext() && cursor.MoveNext());
        id(ref value);
        Assert.Equal((1, new DataViewRowId(1, 0)), (cursor.Position, value));
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void SchemaDefinition_Changes_AreFollowed()
    {
        var definition = SchemaDefinition.Create(typeof(Everything));
        definition["Bytes"].ColumnType = new VectorDataViewType(NumberDataViewType.Byte, 2);
        definition["Text"].ColumnName = "Word";
        definition["Word"].AddAnnotation("Note", "hello", TextDataViewType.Instance);
        definition["Fixed"].AddAnnotation("SlotNames", new[] { "a", "b", "c", "d" }, new VectorDataViewType(TextDataViewType.Instance, 4));
        definition.RemoveAll(column => column.ColumnName is not ("Bytes" or "Word" or "Fixed"));
        var view = s_ml.Data.LoadFromEnumerable([new Everything { Text = "x" }], definition);
        VBuffer<ReadOnlyMemory<char>> names = default;
        ReadOnlyMemory<char> note = default;
        view.Schema["Word"].Annotations.GetValue("Note", ref note);
        view.Schema["Fixed"].GetSlotNames(ref names);

        Assert.Equal(["Fixed", "Word", "Bytes"], view.Schema.Select(column => column.Name));
        Assert.Equal("hello", note.ToString());
        Assert.Equal("abcd", string.Concat(names.DenseValues()));
        Assert.Equal("Vector<Byte, 2>", view.Schema["Bytes"].Type.ToString());
        Assert.Equal(["x"], view.GetColumn<string>("Word"));
    }

    [Fact]
    public void SchemaDefinition_WrongTypes_Throw()
    {
        var wrongItem = SchemaDefinition.Create(typeof(NumberRow));
        wrongItem["Number"].ColumnType = NumberDataViewType.Double;
        var wrongShape = SchemaDefinition.Create(typeof(NumberRow));
        wrongShape["Number"].ColumnType = new VectorDataViewType(NumberDataViewType.Single);

        Assert.Contains("item type", Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.LoadFromEnumerable(Endless(), wrongItem)).Message);
        Assert.Contains("vector", Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Data.LoadFromEnumerable(Endless(), wrongShape)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => wrongItem["Other"] = wrongItem["Number"]);
    }

    [Fact]
    public void LoadFromEnumerable_WithASchema_TakesItsSizes()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Bytes", new VectorDataViewType(NumberDataViewType.Byte, 3));
        builder.AddColumn("Key", new KeyDataViewType(typeof(uint), 9));

        var view = s_ml.Data.LoadFromEnumerable([new Everything { Bytes = [1, 2, 3], Key = 8 }], builder.ToSchema());

        Assert.Equal("Vector<Byte, 3>", view.Schema["Bytes"].Type.ToString());
        Assert.Equal([9u], view.GetColumn<uint>("Key"));
    }

    [Fact]
    public void GetColumn_Forms_AreValueTextAndArray()
    {
        var view = s_ml.Data.LoadFromEnumerable(new[] { new Everything { Text = "x", Texts = ["y", "z"] } });

        Assert.Equal(["x"], view.GetColumn<string>("Text"));
        Assert.Equal("x", view.GetColumn<ReadOnlyMemory<char>>(view.Schema["Text"]).Single().ToString());
        Assert.Equal(["y", "z"], view.GetColumn<string[]>("Texts").Single());
        Assert.Throws<ArgumentOutOfRangeException>(() => view.GetColumn<int>("Text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.GetColumn<int>("Absent"));
    }

    [Fact]
    public void Preview_Rows_AreShownByRowAndColumn()
    {
        var preview = s_ml.Data.LoadFromEnumerable(Endless()).Preview(2);

        Assert.Equal("1 columns, 2 rows", preview.ToString());
        Assert.Equal(("Number", 1f), (preview.RowView[1].Values[0].Key, preview.RowView[1].Values[0].Value));
        Assert.Equal([0f, 1f], preview.ColumnView[0].Values);
    }

    private static DataViewRowCursor Cursor(IDataView view) => view.GetRowCursor(view.Schema);

    private static IEnumerable<NumberRow> Endless()
    {
        for (int i = 0; ; i++)
            yield return new NumberRow { Number = i };
    }

    private sealed class Everything
    {
        public float Field;
        [ColumnName("Renamed")] public double Name;
        [VectorType(2, 2)] public float[] Fixed = [0, 0, 0, 0];
        [KeyType(5)] public uint Key;
        [NoColumn] public decimal Ignored = 1;

        public string Text { get; set; } = "";
        public string[] Texts { get; set; } = [];
        public bool Flag { get; set; }
        public DateTime Day { get; set; }
        public VBuffer<int> Buffer { get; set; }
        public byte[] Bytes { get; set; } = [];
        public int this[int index] => index;
    }

    private sealed class NumberRow
    {
        public float Number { get; set; }
    }

    private sealed class WiderRow
    {
        public float Number { get; set; }
        public float Absent { get; set; } = -1;
    }

    private sealed class KeyVectorRow
    {
        [KeyType(5)] public uint[] Keys { get; set; } = [];
    }

    private sealed class IntegerRow
    {
        public int Number { get; set; }
    }

    private sealed class DecimalRow
    {
        public decimal Number { get; set; }
    }

    private sealed class NullableRow
    {
        public int? Number { get; set; }
    }

    private sealed class RepeatedRow
    {
        public float A { get; set; }
        [ColumnName("A")] public float B { get; set; }
    }
}
