using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>One vector of the items of several columns, one after the other.</summary>
internal sealed class ConcatenatingMapper : ColumnMapper
{
    private readonly string _output;
    private readonly DataViewSchema.Column[] _inputs;
    private readonly PrimitiveDataViewType _itemType;

    public ConcatenatingMapper(string output, IReadOnlyList<string> inputs, DataViewSchema inputSchema) : base(inputSchema)
    {
        _output = output;
        _inputs = [.. inputs.Select(name => inputSchema.GetColumnOrNull(name) ?? throw Errors.SchemaMismatch(nameof(inputSchema), "input", name))];
        _itemType = _inputs[0].Type.ItemType() as PrimitiveDataViewType
            ?? throw Errors.SchemaMismatch(nameof(inputSchema), "input", _inputs[0].Name, "a primitive type or a vector of one", _inputs[0].Type.ToString());
        foreach (var input in _inputs)
            if (!input.Type.ItemType().Equals(_itemType))
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", input.Name, _itemType.ToString(), input.Type.ToString());
    }

    // One vector alone is passed through as it is.
    private bool IsCopy => _inputs is [{ Type: VectorDataViewType }];

    protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns()
    {
        if (IsCopy)
            return [new(_output, _inputs[0].Type, _inputs[0].Annotations)];

        // Of unknown size as soon as one input is.
        int size = _inputs.Any(input => input.Type.ValueCount() == 0) ? 0 : _inputs.Sum(input => input.Type.ValueCount());
        var annotations = new DataViewSchema.Annotations.Builder();
        if (_itemType is NumberDataViewType && _inputs.All(input => input.IsNormalized()))
            annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        if (size > 0 && _inputs.Any(HasNames))
            annotations.AddSlotNames(size, GetSlotNames);
        return [new(_output, new VectorDataViewType(_itemType, size), annotations.ToAnnotations())];
    }

    protected override IEnumerable<int> GetSources(int index) => _inputs.Select(input => input.Index);

    protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
    {
        disposer = null;
        return IsCopy
            ? PassingGetter.Of(input, input.Schema[_inputs[0].Index])
            : GenericMethod.Call<Delegate>(typeof(ConcatenatingMapper), nameof(Concatenate), _itemType.RawType, this, input);
    }

    private static bool HasNames(DataViewSchema.Column input) => input.Type is not VectorDataViewType || input.HasSlotNames();

    private void GetSlotNames(ref VBuffer<ReadOnlyMemory<char>> destination)
    {
        var editor = VBufferEditor.Create(ref destination, _inputs.Sum(input => input.Type.ValueCount()));
        editor.Values.Clear();
        int start = 0;
        foreach (var input in _inputs)
        {
            if (input.Type is not VectorDataViewType)
                editor.Values[start] = input.Name.AsMemory();
            else if (input.HasSlotNames())
            {
                var names = default(VBuffer<ReadOnlyMemory<char>>);
                input.GetSlotNames(ref names);
                foreach (var (slot, name) in names.Items())
                    if (!name.IsEmpty)
                        editor.Values[start + slot] = $"{input.Name}.{name}".AsMemory();
            }

            start += input.Type.ValueCount();
        }

        destination = editor.Commit();
    }

    private static ValueGetter<VBuffer<T>> Concatenate<T>(ConcatenatingMapper mapper, DataViewRow row)
    {
        var parts = mapper._inputs.Select(input => Part<T>(row, input)).ToArray();
        var buffers = new VBuffer<T>[parts.Length];
        return (ref VBuffer<T> destination) =>
        {
            int length = 0, count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i](ref buffers[i]);
                length = checked(length + buffers[i].Length);
                count += buffers[i].GetValues().Length;
            }

            // Sparse where that saves half of the room or more.
            if (count <= length / 2)
                JoinSparse(buffers, ref destination, length, count);
            else
                JoinDense(buffers, ref destination, length);
        };
    }

    private static ValueGetter<VBuffer<T>> Part<T>(DataViewRow row, DataViewSchema.Column input)
    {
        var column = row.Schema[input.Index];
        if (input.Type is VectorDataViewType vector)
        {
            var getVector = row.GetGetter<VBuffer<T>>(column);
            return (ref VBuffer<T> part) =>
            {
                getVector(ref part);
                Check.That(vector.Size == 0 || part.Length == vector.Size, $"Column '{input.Name}': expected {vector.Size} slots, but got {part.Length}");
            };
        }

        var getScalar = row.GetGetter<T>(column);
        return (ref VBuffer<T> part) =>
        {
            var editor = VBufferEditor.Create(ref part, 1);
            getScalar(ref editor.Values[0]);
            part = editor.Commit();
        };
    }

    private static void JoinDense<T>(VBuffer<T>[] parts, ref VBuffer<T> destination, int length)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        int start = 0;
        foreach (var part in parts)
        {
            part.CopyTo(editor.Values, start);
            start += part.Length;
        }

        destination = editor.Commit();
    }

    private static void JoinSparse<T>(VBuffer<T>[] parts, ref VBuffer<T> destination, int length, int count)
    {
        var editor = VBufferEditor.Create(ref destination, length, count);
        int start = 0, next = 0;
        foreach (var part in parts)
        {
            foreach (var (slot, value) in part.Items())
            {
                editor.Values[next] = value;
                editor.Indices[next++] = start + slot;
            }

            start += part.Length;
        }

        destination = editor.Commit();
    }
}
