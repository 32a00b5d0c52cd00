using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What is known of a schema before the data is seen: names, item types and kinds of columns, but no sizes.</summary>
public sealed partial class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        Check.Value(columns, nameof(columns));
        _columns = [.. columns];
        Check.Param(_columns.All(column => column.IsValid), nameof(columns), "Some items are not initialized properly.");
    }

    internal static SchemaShape Empty { get; } = new([]);

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shape of a schema; hidden columns have none.</summary>
    internal static SchemaShape Create(DataViewSchema schema)
    {
        Check.Value(schema, nameof(schema));
        return new(schema.Where(column => !column.IsHidden).Select(column => Column.Of(
            column.Name, column.Type, new(column.Annotations.Schema.Select(a => Column.Of(a.Name, a.Type))))));
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        column = _columns.FirstOrDefault(c => c.Name == name);
        return column.IsValid;
    }

    /// <summary>The column of this name, or the exception that says in which <paramref name="role"/> it is wanted.</summary>
    internal Column Find(string name, string role, string parameter = "inputSchema") =>
        TryFindColumn(name, out var column) ? column : throw Errors.SchemaMismatch(parameter, role, name);

    /// <summary>This shape with each of <paramref name="columns"/> in the place of its namesake, or at the end.</summary>
    internal SchemaShape With(params IEnumerable<Column> columns)
    {
        var result = _columns.ToDictionary(column => column.Name);
        foreach (var column in columns)
            result[column.Name] = column;
        return new(result.Values);
    }
}
