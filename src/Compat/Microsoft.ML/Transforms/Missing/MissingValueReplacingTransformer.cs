using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(MissingValueReplacingTransformer.Signature, typeof(MissingValueReplacingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Puts what was learned in the place of NaN.</summary>
public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "MissingValueReplacing";

    private readonly Replacement[] _replacements;

    internal MissingValueReplacingTransformer(IHostEnvironment environment, InputOutputColumnPair[] columns, Replacement[] replacements) : base(environment, columns) =>
        _replacements = replacements;

    private MissingValueReplacingTransformer(ModelLoadContext ctx) : base(ctx) => _replacements = [.. Columns.Select(_ => Replacement.Load(ctx.Reader))];

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        if (!column.Type.Equals(_replacements[index].Type))
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, _replacements[index].Type.ToString(), column.Type.ToString());
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        foreach (var replacement in _replacements)
            replacement.Save(ctx.Writer);
    }

    private static MissingValueReplacingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private sealed class Mapper(MissingValueReplacingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [.. parent.Columns.Select((pair, i) =>
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(InputSchema[Inputs[i]].Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
            return new DataViewSchema.DetachedColumn(pair.OutputColumnName, parent._replacements[i].Type, annotations.ToAnnotations());
        })];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            return parent._replacements[index].MakeGetter(input, input.Schema[Inputs[index]]);
        }
    }
}
