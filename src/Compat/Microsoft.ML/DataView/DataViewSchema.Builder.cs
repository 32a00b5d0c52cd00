using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Collects columns and makes a schema of them.</summary>
    public sealed class Builder
    {
        private readonly List<DetachedColumn> _columns = [];

        public Builder() { }

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) =>
            _columns.Add(new(name, type, annotations));

        public void AddColumns(IEnumerable<Column> source) => AddColumns(source.Select(column => new DetachedColumn(column)));

        public void AddColumns(IEnumerable<DetachedColumn> source)
        {
            foreach (var column in source)
                AddColumn(column.Name, column.Type, column.Annotations);
        }

        public DataViewSchema ToSchema()
        {
            var lastOf = new Dictionary<string, int>();
            for (int i = 0; i < _columns.Count; i++)
                lastOf[_columns[i].Name] = i;
            return new([.. _columns.Select((c, i) => new Column(c.Name, i, lastOf[c.Name] != i, c.Type, c.Annotations))]);
        }
    }
}
