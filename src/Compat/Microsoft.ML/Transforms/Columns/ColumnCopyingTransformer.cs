using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(ColumnCopyingTransformer.Signature, typeof(ColumnCopyingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Gives columns second names.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ColumnCopying";

    internal ColumnCopyingTransformer(IHostEnvironment environment, string outputColumnName, string inputColumnName)
        : base(environment, new InputOutputColumnPair(outputColumnName, Check.NonEmpty(inputColumnName, "columns"))) { }

    private ColumnCopyingTransformer(ModelLoadContext ctx) : base(ctx) { }

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
    }

    private static ColumnCopyingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private sealed class Mapper(ColumnCopyingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() =>
            [.. parent.Columns.Select((pair, i) => new DataViewSchema.DetachedColumn(pair.OutputColumnName, InputSchema[Inputs[i]].Type, InputSchema[Inputs[i]].Annotations))];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            return PassingGetter.Of(input, input.Schema[Inputs[index]]);
        }
    }
}
