using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Collects columns and makes a schema of them.</summary>
    public sealed class Builder
    {
        private readonly List<Entry> _columns = [];

        public Builder() { }

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) =>
            _columns.Add(new(new(name, type, annotations)));

        public void AddColumns(IEnumerable<Column> source)
        {
            foreach (var column in source)
                AddColumn(column.Name, column.Type, column.Annotations);
        }

        public void AddColumns(IEnumerable<DetachedColumn> source)
        {
            foreach (var column in source)
                AddColumn(column.Name, column.Type, column.Annotations);
        }

        public DataViewSchema ToSchema()
        {
            var lastOf = new Dictionary<string, int>();
            for (int i = 0; i < _columns.Count; i++)
                lastOf[_columns[i].Column.Name] = i;
            var columns = new Column[_columns.Count];
            for (int i = 0; i < columns.Length; i++)
            {
                var column = _columns[i].Column;
                columns[i] = new(column.Name, i, lastOf[column.Name] != i, column.Type, column.Annotations);
            }
            return new(columns);
        }

        // A class: a list of values would have to be compiled at the start of every program.
        private sealed record Entry(DetachedColumn Column);
    }
}
