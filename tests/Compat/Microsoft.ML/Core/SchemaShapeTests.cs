using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Core;

public sealed class SchemaShapeTests
{
    [Fact]
    public void Chain_Fit_ShowsEachEstimatorTheShapeOfTheData()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Number", NumberDataViewType.Single, annotations.ToAnnotations());
        builder.AddColumn("Key", new KeyDataViewType(typeof(uint), 4));
        builder.AddColumn("Vector", new VectorDataViewType(NumberDataViewType.Byte, 3));
        builder.AddColumn("Keys", new VectorDataViewType(new KeyDataViewType(typeof(byte), 4)));
        builder.AddColumn("Number", TextDataViewType.Instance);

        var shape = ShapeSpy.ShapeOf(builder.ToSchema());

        // The hidden column has no shape.
        Assert.Equal(
            ["Key Scalar UInt32 True", "Vector Vector Byte False", "Keys VariableVector Byte True", "Number Scalar String False"],
            shape.Select(column => $"{column.Name} {column.Kind} {column.ItemType} {column.IsKey}"));
        Assert.Equal(4, shape.Count);
        Assert.Equal("Keys", shape[2].Name);
    }

    [Fact]
    public void Shape_Annotations_AreKept()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Number", NumberDataViewType.Single, annotations.ToAnnotations());

        var shape = ShapeSpy.ShapeOf(builder.ToSchema());

        var annotation = Assert.Single(shape[0].Annotations);
        Assert.Equal(("IsNormalized", BooleanDataViewType.Instance), (annotation.Name, annotation.ItemType));
    }

    [Fact]
    public void Shape_UninitializedColumn_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchemaShape([default]));
}
