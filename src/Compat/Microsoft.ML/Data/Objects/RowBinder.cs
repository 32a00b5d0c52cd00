using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes rows of a schema into the members of objects.</summary>
internal sealed class RowBinder<TRow> where TRow : class
{
    private readonly List<Binding> _bindings = [];

    public RowBinder(DataViewSchema schema, bool ignoreMissingColumns = false, SchemaDefinition definition = null)
    {
        if (definition is null)
            foreach (var member in RowMember.Of(typeof(TRow), SchemaDefinition.Direction.Write))
                CheckUnknownType(schema, member);
        foreach (var (wanted, member) in RowDefinition.Of(typeof(TRow), definition, SchemaDefinition.Direction.Write).Columns)
        {
            if (schema.GetColumnOrNull(wanted.Name) is not { } column)
            {
                if (!ignoreMissingColumns)
                    throw Errors.SchemaMismatch("Schema", "", wanted.Name);
                continue;
            }
            bool fits = member.IsVector == column.Type is VectorDataViewType && column.Type.ItemType().RawType == member.ItemType;
            Check.That(fits, $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Name}' of type '{member.Type}'.");
            _bindings.Add(new(column.Index, member));
        }
    }

    /// <summary>The indices of the columns that have a member.</summary>
    public IReadOnlyList<int> Columns => [.. _bindings.Select(binding => binding.Index)];

    /// <summary>An action that writes the current values of <paramref name="row"/> into an object.</summary>
    public Action<TRow> Bind(DataViewRow row)
    {
        var writers = _bindings.Select(binding => ObjectSetters.Make<TRow>(row, row.Schema[binding.Index], binding.Member)).ToArray();
        return target =>
        {
            Check.That(row.Position >= 0, "Cannot fill values. The cursor is not active.");
            foreach (var write in writers)
                write(target);
        };
    }

    private sealed record Binding(int Index, RowMember Member);

    // A member that no column type stands for may have been given the wrong .NET type; say which would be right.
    private static void CheckUnknownType(DataViewSchema schema, RowMember member)
    {
        member.Attribute<DataViewTypeAttribute>()?.Register();
        if (!member.HasColumnType && schema.GetColumnOrNull(member.ColumnName)?.Type.RawType is { } wanted && wanted != member.ItemType)
            throw Errors.Param("actualType",
                $"The expected type '{wanted}' does not match the type of the '{member.ColumnName}' member: '{member.ItemType}'. Please change the {member.ColumnName} member to '{wanted}'");
    }
}
