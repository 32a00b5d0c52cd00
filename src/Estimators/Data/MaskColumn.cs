using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>
/// Which columns hold index masks, and what their pixels mean: the column's annotations <c>KeyValues</c> (names of the classes),
/// <c>IgnoreIndex</c> (int32) and <c>MaskValues</c> (vector of byte) are <see cref="MaskClasses"/>.
/// </summary>
internal static class MaskColumn
{
    /// <summary>What is possible, for messages.</summary>
    public const string Wanted = "the path of an index PNG (text), the bytes of one (a vector of Byte) or a grey image (MLImage)";

    private const string KeyValues = "KeyValues";
    private const string IgnoreIndex = "IgnoreIndex";
    private const string MaskValues = "MaskValues";

    /// <summary>As for images: the same types carry both.</summary>
    public static bool Accepts(DataViewType type) => ImageColumn.Accepts(type);

    /// <inheritdoc cref="Accepts(DataViewType)"/>
    public static bool Accepts(SchemaShape.Column column) => ImageColumn.Accepts(column);

    /// <summary>The column, checked.</summary>
    /// <exception cref="ArgumentException">It is not in the schema, or of another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw new ArgumentException($"There is no mask column '{name}'. The columns are {ImageColumn.Names(schema)}.");
        if (!Accepts(column.Type))
            throw new ArgumentException($"The mask column '{name}' is of type {column.Type}; it must be {Wanted}.");
        return column;
    }

    /// <summary>What the column's annotations say of its pixels; null where they name no classes.</summary>
    /// <exception cref="ArgumentException">An annotation is of another type than it must be, or they contradict each other.</exception>
    public static MaskClasses? Classes(DataViewSchema.Column column)
    {
        var annotations = column.Annotations;
        if (annotations.Schema.GetColumnOrNull(KeyValues) is null)
            return null;
        var names = Read<VBuffer<ReadOnlyMemory<char>>>(column, KeyValues, t => t is VectorDataViewType { ItemType: TextDataViewType }, "a vector of text");
        var classes = new MaskClasses([.. names.DenseValues().Select(n => n.ToString())])
        {
            IgnoreIndex = annotations.Schema.GetColumnOrNull(IgnoreIndex) is null ? null : Read<int>(column, IgnoreIndex, t => t == NumberDataViewType.Int32, "Int32"),
            Values = annotations.Schema.GetColumnOrNull(MaskValues) is null ? null
                : [.. Read<VBuffer<byte>>(column, MaskValues, t => t is VectorDataViewType { ItemType: var item } && item == NumberDataViewType.Byte, "a vector of Byte").DenseValues()],
        };
        var problems = classes.Problems().ToList();
        return problems.Count == 0 ? classes
            : throw new ArgumentException($"The annotations of the mask column '{column.Name}' cannot be used: {string.Join("; ", problems)}.");
    }

    /// <summary>What the column's annotations say of its pixels.</summary>
    /// <exception cref="ArgumentException">They say nothing, or nothing that can be used.</exception>
    public static MaskClasses RequireClasses(DataViewSchema.Column column) => Classes(column)
        ?? throw new ArgumentException($"The mask column '{column.Name}' does not say what its classes are called: it has no annotation {KeyValues}. The loaders of ml.Vision.Data write it.");

    /// <summary>Adds a mask column.</summary>
    /// <param name="schema">Gets the column.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="classes">Checked; null where they are not known.</param>
    /// <param name="type">One that <see cref="Accepts(DataViewType)"/>; by default text, a path.</param>
    public static void AddTo(DataViewSchema.Builder schema, string name, MaskClasses? classes, DataViewType? type = null) =>
        schema.AddColumn(name, type ?? TextDataViewType.Instance, classes is null ? null : Annotations(classes));

    /// <summary>The annotations that <see cref="Classes"/> reads.</summary>
    public static DataViewSchema.Annotations Annotations(MaskClasses classes)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        var names = classes.Names.Select(n => n.AsMemory()).ToArray();
        annotations.Add(KeyValues, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length));
        if (classes.IgnoreIndex is { } ignored)
            annotations.AddPrimitiveValue(IgnoreIndex, NumberDataViewType.Int32, ignored);
        if (classes.Values is { } list)
        {
            byte[] values = [.. list];
            annotations.Add(MaskValues, new VectorDataViewType(NumberDataViewType.Byte, values.Length),
                (ref VBuffer<byte> value) => VBuffer<byte>.Copy(values, 0, ref value, values.Length));
        }
        return annotations.ToAnnotations();
    }

    private static T Read<T>(DataViewSchema.Column column, string annotation, Func<DataViewType, bool> isRight, string wanted)
    {
        var type = column.Annotations.Schema[annotation].Type;
        if (!isRight(type))
            throw new ArgumentException($"The annotation {annotation} of the mask column '{column.Name}' is of type {type}; it must be {wanted}.");
        T value = default!;
        column.Annotations.GetValue(annotation, ref value);
        return value;
    }
}
