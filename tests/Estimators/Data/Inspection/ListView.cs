using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

/// <summary>A view of lists, with any columns: what a loader would give.</summary>
internal sealed class ListView : RowView
{
    private readonly List<Func<Func<int>, Delegate>> _getters;

    private ListView(DataViewSchema schema, int rows, List<Func<Func<int>, Delegate>> getters) : base(schema, rows) => _getters = getters;

    public override Delegate CreateGetter(int column, Func<int> row) => _getters[column](row);

    public sealed class Builder
    {
        private readonly DataViewSchema.Builder _schema = new();
        private readonly List<Func<Func<int>, Delegate>> _getters = [];
        private int _rows;

        public Builder Text(string name, IReadOnlyList<string> values)
        {
            _schema.AddColumn(name, TextDataViewType.Instance);
            return Add(values.Count, row => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = values[row()].AsMemory()));
        }

        /// <param name="values">The class of each row, -1 for none.</param>
        public Builder Label(IReadOnlyList<string> names, IReadOnlyList<int> values)
        {
            ClassKey.AddTo(_schema, "Label", names);
            return Add(values.Count, row => (ValueGetter<uint>)((ref uint value) => value = (uint)(values[row()] + 1)));
        }

        public Builder Mask(MaskClasses? classes, IReadOnlyList<string> paths, string name = "Mask")
        {
            MaskColumn.AddTo(_schema, name, classes);
            return Add(paths.Count, row => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = paths[row()].AsMemory()));
        }

        public Builder Int32(string name, IReadOnlyList<int> values)
        {
            _schema.AddColumn(name, NumberDataViewType.Int32);
            return Add(values.Count, row => (ValueGetter<int>)((ref int value) => value = values[row()]));
        }

        /// <param name="names">Of the objects' classes.</param>
        /// <param name="boxes">x0, y0, x1, y1 of each object of each row.</param>
        /// <param name="labels">The class of each object, -1 for none; null for class 0.</param>
        public Builder Boxes(IReadOnlyList<string> names, IReadOnlyList<float[]> boxes, IReadOnlyList<int[]>? labels = null)
        {
            _schema.AddColumn("BoundingBoxes", new VectorDataViewType(NumberDataViewType.Single));
            Add(boxes.Count, row => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => value = new VBuffer<float>(boxes[row()].Length, boxes[row()])));
            var annotations = new DataViewSchema.Annotations.Builder();
            var texts = names.Select(n => n.AsMemory()).ToArray();
            annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, texts.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(texts.Length, texts));
            _schema.AddColumn("Labels", new VectorDataViewType(new KeyDataViewType(typeof(uint), names.Count)), annotations.ToAnnotations());
            return Add(boxes.Count, row => (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
            {
                var keys = labels is null ? Enumerable.Repeat(1u, boxes[row()].Length / 4).ToArray() : [.. labels[row()].Select(l => (uint)(l + 1))];
                value = new VBuffer<uint>(keys.Length, keys);
            }));
        }

        public IDataView Build() => new ListView(_schema.ToSchema(), _rows, _getters);

        private Builder Add(int rows, Func<Func<int>, Delegate> getter)
        {
            _rows = rows;
            _getters.Add(getter);
            return this;
        }
    }
}
