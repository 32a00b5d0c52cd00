using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns of a row class, each with its member; a <see cref="SchemaDefinition"/> that has been checked.</summary>
internal sealed class RowDefinition
{
    private RowDefinition(IReadOnlyList<MemberColumn> columns)
    {
        Columns = columns;
        var builder = new DataViewSchema.Builder();
        foreach (var (column, _) in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = builder.ToSchema();
    }

    public IReadOnlyList<MemberColumn> Columns { get; }

    public DataViewSchema Schema { get; }

    /// <summary>By <paramref name="definition"/>, or by the class's own members that can be used in this direction.</summary>
    public static RowDefinition Of(Type rowType, SchemaDefinition definition, SchemaDefinition.Direction direction)
    {
        var columns = new List<MemberColumn>();
        foreach (var column in definition ?? SchemaDefinition.Create(rowType, direction))
            if (RowMember.Find(rowType, column.MemberName) is { } member)
                columns.Add(new(MakeColumn(column, member), member));
        return new(columns);
    }

    /// <summary>As the class says, but with the types and annotations that a schema has for its columns.</summary>
    public static SchemaDefinition Following(Type rowType, DataViewSchema schema)
    {
        var definition = SchemaDefinition.Create(rowType, SchemaDefinition.Direction.Read);
        foreach (var column in schema)
        {
            var member = definition[column.Name];
            Check.That(member is not null, $"Type should contain a member named {column.Name}");
            member.ColumnType = column.Type;
            member.Adopt(column.Annotations);
        }
        return definition;
    }

    private static DataViewSchema.DetachedColumn MakeColumn(SchemaDefinition.Column column, RowMember member)
    {
        SchemaDefinition.CheckHasColumnType(member);
        string name = string.IsNullOrEmpty(column.ColumnName) ? member.Name : column.ColumnName;
        var type = column.ColumnType;
        if (type is null)
            return new(name, member.IsVector ? new VectorDataViewType(RawTypes.Primitive(member.ItemType)) : RawTypes.Primitive(member.ItemType), column.Annotations);
        Check.Param(type is VectorDataViewType == member.IsVector, "userSchemaDefinition",
            $"Column '{name}' is supposed to be {Shape(type is VectorDataViewType)}, but type of associated field '{member.Name}' is {Shape(member.IsVector)}");
        Check.Param(type.ItemType().RawType == member.ItemType, "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {type.ItemType().RawType}, but associated field has type {member.ItemType}");
        return new(name, type, column.Annotations);
    }

    private static string Shape(bool isVector) => isVector ? "vector" : "scalar";

    // A class: a list of values would have to be compiled at the start of every program.
    public sealed record MemberColumn(DataViewSchema.DetachedColumn Column, RowMember Member);
}
