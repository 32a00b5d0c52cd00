using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Data;

/// <summary>A view of columns that lie in memory: paths, labels and what else a list of files says.</summary>
internal sealed class TableView : RowView
{
    private readonly Func<Func<int>, Delegate>[] _columns;

    private TableView(DataViewSchema schema, int rows, Func<Func<int>, Delegate>[] columns) : base(schema, rows) => _columns = columns;

    public override Delegate CreateGetter(int column, Func<int> row) => _columns[column](row);

    /// <summary>Gathers columns, each with a value for every row.</summary>
    public sealed class Builder(int rows)
    {
        private readonly DataViewSchema.Builder _schema = new();
        private readonly List<Func<Func<int>, Delegate>> _columns = [];

        public Builder AddText(string name, IReadOnlyList<string> values)
        {
            _schema.AddColumn(name, TextDataViewType.Instance);
            return AddTextValues(values);
        }

        /// <param name="name">The column's name.</param>
        /// <param name="classes">For each row the index of its class, from 0.</param>
        /// <param name="names">The names of the classes.</param>
        public Builder AddKey(string name, IReadOnlyList<int> classes, IReadOnlyList<string> names)
        {
            ClassKey.AddTo(_schema, name, names);
            _columns.Add(row => (ValueGetter<uint>)((ref uint value) => value = (uint)classes[row()] + 1));
            return this;
        }

        /// <summary>A column of paths of masks.</summary>
        public Builder AddMask(string name, IReadOnlyList<string> paths, MaskClasses? classes)
        {
            MaskColumn.AddTo(_schema, name, classes);
            return AddTextValues(paths);
        }

        public TableView Build() => new(_schema.ToSchema(), rows, [.. _columns]);

        private Builder AddTextValues(IReadOnlyList<string> values)
        {
            _columns.Add(row => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = values[row()].AsMemory()));
            return this;
        }
    }
}
