using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>What every transform of images asks of its input.</summary>
internal static class ImageColumn
{
    public static void CheckType(DataViewSchema.Column column)
    {
        if (column.Type is not ImageDataViewType)
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, "image", column.Type.ToString());
    }

    public static SchemaShape.Column Find(SchemaShape inputSchema, string name)
    {
        var column = inputSchema.Find(name, "input");
        if (column.ItemType is not ImageDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw Errors.SchemaMismatch(nameof(inputSchema), "input", name, new ImageDataViewType().ToString(), column.GetTypeString());
        return column;
    }

    /// <summary>A getter that makes an image of an image. What the caller's variable held was given out by the same getter and is disposed; the last one made is the caller's.</summary>
    public static ValueGetter<MLImage> Map(DataViewRow input, int column, Func<MLImage, MLImage> map, out Action disposer)
    {
        var get = input.GetGetter<MLImage>(input.Schema[column]);
        MLImage source = null;
        disposer = () => source?.Dispose();
        return (ref MLImage destination) =>
        {
            destination?.Dispose();
            get(ref source);
            destination = source is null ? null : map(source);
        };
    }
}
