using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Looks for a trainer's column in a schema's shape.</summary>
internal static class RequiredColumn
{
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of the wrong type.</exception>
    public static SchemaShape.Column Of(SchemaShape schema, string name, string role, Func<SchemaShape.Column, bool> accepts, string wanted)
    {
        foreach (var column in schema)
        {
            if (column.Name != name)
                continue;
            return accepts(column) ? column : throw new ArgumentOutOfRangeException(nameof(schema),
                $"Schema mismatch for {role} column '{name}': expected {wanted}, got {column.Kind} of {column.ItemType}{(column.IsKey ? " (key)" : "")}.");
        }
        throw new ArgumentOutOfRangeException(nameof(schema), $"There is no {role} column '{name}'. The columns are {string.Join(", ", schema.Select(c => $"'{c.Name}'"))}.");
    }
}
