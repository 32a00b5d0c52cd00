using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Data;

/// <summary>Which columns hold images: MLImage (of known size or not), the bytes of a file (vector of byte), or a path (text).</summary>
internal static class ImageColumn
{
    /// <summary>What is possible, for messages.</summary>
    public const string Wanted = "an image (MLImage), the bytes of an image file (a vector of Byte) or the path of one (text)";

    public static bool Accepts(DataViewType type) =>
        type is ImageDataViewType or TextDataViewType || type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Byte;

    public static bool Accepts(SchemaShape.Column column) => column.Kind switch
    {
        SchemaShape.Column.VectorKind.Scalar => column.ItemType is ImageDataViewType or TextDataViewType,
        _ => column.ItemType == NumberDataViewType.Byte,
    };

    /// <summary>The column, checked.</summary>
    /// <exception cref="ArgumentException">It is not in the schema, or of another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw new ArgumentException($"There is no image column '{name}'. The columns are {Names(schema)}.");
        if (!Accepts(column.Type))
            throw new ArgumentException($"The image column '{name}' is of type {column.Type}; it must be {Wanted}.");
        return column;
    }

    /// <summary>The schema's column names for messages.</summary>
    public static string Names(DataViewSchema schema)
    {
        var names = schema.Where(c => !c.IsHidden).Select(c => $"'{c.Name}'").ToList();
        return names.Count == 0 ? "none" : string.Join(", ", names);
    }
}
