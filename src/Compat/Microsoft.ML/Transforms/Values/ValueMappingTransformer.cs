using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(ValueMappingTransformer.Signature, typeof(ValueMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Looks values up in a table that is saved with the model.</summary>
public class ValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ValueMapping";

    internal ValueMappingTransformer(IHostEnvironment environment, LookupTable table, InputOutputColumnPair column) : base(environment, column) => Table = table;

    private ValueMappingTransformer(ModelLoadContext ctx) : base(ctx) => Table = LookupTable.Load(ctx.Reader);

    internal LookupTable Table { get; }

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        var item = column.Type.ItemType();
        if (!item.Equals(Table.KeyType) || column.Type is VectorDataViewType && Table.ValueType is VectorDataViewType)
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, Table.KeyType.ToString(), column.Type.ToString());
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        Table.Save(ctx.Writer);
    }

    private static ValueMappingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private sealed class Mapper(ValueMappingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        private readonly LookupTable _table = parent.Table;

        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [.. parent.Columns.Select((pair, i) =>
            new DataViewSchema.DetachedColumn(
                pair.OutputColumnName,
                InputSchema[Inputs[i]].Type is VectorDataViewType vector ? new VectorDataViewType((PrimitiveDataViewType)_table.ValueType, vector.Dimensions) : _table.ValueType,
                _table.Annotations))];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            var column = input.Schema[Inputs[index]];
            return _table.ValueType is VectorDataViewType vector
                ? GenericMethod.Call<Delegate>(typeof(Mapper), nameof(OfVectors), [column.Type.RawType, vector.ItemType.RawType], input, column, _table.Lookup)
                : ConvertingGetter.Make(input, column, _table.Lookup);
        }

        // The table's vectors are its own: they are copied out.
        private static ValueGetter<VBuffer<T>> OfVectors<TKey, T>(DataViewRow input, DataViewSchema.Column column, Func<TKey, VBuffer<T>> lookup)
        {
            var get = input.GetGetter<TKey>(column);
            TKey key = default;
            return (ref VBuffer<T> value) =>
            {
                get(ref key);
                lookup(key).CopyTo(ref value);
            };
        }
    }
}
