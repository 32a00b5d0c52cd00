using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the members of a row class become columns; made from the class and its attributes, and open to changes.</summary>
public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition() { }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            Check.Value(value, nameof(value));
            Check.Param(value.ColumnName == columnName, nameof(columnName),
                $"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.");
            int index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Check.Value(userType, nameof(userType));
        var definition = new SchemaDefinition();
        foreach (var member in RowMember.Of(userType, direction))
        {
            member.Attribute<DataViewTypeAttribute>()?.Register();
            Check.Param(definition[member.ColumnName] is null, nameof(userType), $"Duplicate column name '{member.ColumnName}' detected, this is disallowed");
            definition.Add(new(member.Name, ColumnTypeOf(member), member.ColumnName));
        }
        return definition;
    }

    private static DataViewType ColumnTypeOf(RowMember member)
    {
        CheckHasColumnType(member);
        if (DataViewTypeManager.Find(member.ItemType, member.Attributes) is { } registered)
            return registered;
        var item = RawTypes.Primitive(member.ItemType);
        if (member.Attribute<KeyTypeAttribute>() is { } key)
        {
            Check.Param(KeyDataViewType.IsValidDataType(item.RawType), "userType",
                $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            item = new KeyDataViewType(item.RawType, key.Count);
        }
        var vector = member.Attribute<VectorTypeAttribute>();
        Check.Param(vector is null || member.IsVector, "userType",
            $"Member {member.Name} marked with {nameof(VectorTypeAttribute)}, but does not appear to be a vector type");
        if (!member.IsVector)
            return item;
        return vector is { Dimensions.Length: > 0 } ? new VectorDataViewType(item, vector.Dimensions) : new VectorDataViewType(item);
    }

    internal static void CheckHasColumnType(RowMember member) => Check.Param(member.HasColumnType, "rawType",
        $"Could not determine an IDataView type and registered custom types for member {member.Name}");

    /// <summary>What is to be done with a row object.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write
    }
}
