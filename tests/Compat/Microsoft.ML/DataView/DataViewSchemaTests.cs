using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.DataView;

public sealed class DataViewSchemaTests
{
    [Fact]
    public void Schema_TwoColumnsOfOneName_MeansTheLast()
    {
        var schema = Schema(("A", NumberDataViewType.Single), ("B", TextDataViewType.Instance), ("A", NumberDataViewType.Int32));

        Assert.Equal(3, schema.Count);
        Assert.Equal(2, schema["A"].Index);
        Assert.Equal(NumberDataViewType.Int32, schema["A"].Type);
        Assert.Equal([true, false, false], schema.Select(column => column.IsHidden));
    }

    [Fact]
    public void Schema_UnknownColumn_ThrowsWithItsName()
    {
        var schema = Schema(("A", NumberDataViewType.Single));

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => schema["B"]);

        Assert.Contains("Column 'B' not found", error.Message);
        Assert.Null(schema.GetColumnOrNull("B"));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[1]);
        Assert.Throws<ArgumentNullException>(() => schema[""]);
    }

    [Fact]
    public void Column_ToString_NamesTypeAndAnnotations()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("B", BooleanDataViewType.Instance, Annotations(("IsNormalized", true)));
        var schema = builder.ToSchema();

        Assert.Equal("A: Single", schema["A"].ToString());
        Assert.Equal("B: Boolean {IsNormalized}", schema["B"].ToString());
        Assert.Equal("2 columns", schema.ToString());
    }

    [Fact]
    public void Annotations_Value_IsReadByNameAndType()
    {
        var annotations = Annotations(("IsNormalized", true), ("Other", false));
        bool value = false;

        annotations.GetValue("IsNormalized", ref value);

        Assert.True(value);
        Assert.Throws<InvalidOperationException>(() => Read<bool>(annotations, "Missing"));
        Assert.Throws<InvalidOperationException>(() => Read<float>(annotations, "Other"));
    }

    [Fact]
    public void Annotations_Add_TakesTheSelectedOnes()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Annotations(("A", true), ("B", true)), name => name == "B");
        builder.Add(null, _ => true);

        Assert.Equal("B", builder.ToAnnotations().ToString());
    }

    [Fact]
    public void Annotations_GetterOfAnotherType_Throws()
    {
        var builder = new DataViewSchema.Annotations.Builder();

        Assert.Throws<ArgumentException>(() => builder.AddPrimitiveValue("A", NumberDataViewType.Single, 1.0));
        Assert.ThrowsAny<Exception>(() => builder.Add("A", NumberDataViewType.Single, (Delegate)new ValueGetter<int>((ref int _) => { })));
        Assert.Throws<ArgumentNullException>(() => builder.AddPrimitiveValue("", BooleanDataViewType.Instance, true));
    }

    [Fact]
    public void Annotations_SlotNamesAndKeyValues_AreFoundOnlyWithMatchingSizes()
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(2, ["x".AsMemory(), "y".AsMemory()]);
        var type = new VectorDataViewType(TextDataViewType.Instance, 2);
        var annotations = new DataViewSchema.Annotations.Builder();
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter = (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value);
        annotations.Add("SlotNames", type, getter);
        annotations.Add("KeyValues", type, getter);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Two", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        builder.AddColumn("Three", new VectorDataViewType(NumberDataViewType.Single, 3), annotations.ToAnnotations());
        builder.AddColumn("Key2", new KeyDataViewType(typeof(uint), 2), annotations.ToAnnotations());
        builder.AddColumn("Key3", new KeyDataViewType(typeof(uint), 3), annotations.ToAnnotations());
        var schema = builder.ToSchema();
        VBuffer<ReadOnlyMemory<char>> read = default;

        schema["Two"].GetSlotNames(ref read);

        Assert.Equal(["x", "y"], read.DenseValues().Select(name => name.ToString()));
        Assert.True(schema["Two"].HasSlotNames());
        Assert.False(schema["Three"].HasSlotNames());
        Assert.True(schema["Key2"].HasKeyValues());
        Assert.False(schema["Key3"].HasKeyValues());
        Assert.False(schema["Key2"].HasKeyValues(NumberDataViewType.Single));
        Assert.False(schema["Two"].IsNormalized());
    }

    private static DataViewSchema Schema(params (string Name, DataViewType Type)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns.Select(column => new DataViewSchema.DetachedColumn(column.Name, column.Type)));
        return builder.ToSchema();
    }

    private static DataViewSchema.Annotations Annotations(params (string Name, bool Value)[] values)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        foreach (var (name, value) in values)
            builder.AddPrimitiveValue(name, BooleanDataViewType.Instance, value);
        return builder.ToAnnotations();
    }

    private static T Read<T>(DataViewSchema.Annotations annotations, string kind) where T : struct
    {
        T value = default;
        annotations.GetValue(kind, ref value);
        return value;
    }
}
