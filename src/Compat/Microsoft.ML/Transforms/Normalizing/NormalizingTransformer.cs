using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(NormalizingTransformer.Signature, typeof(NormalizingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Applies learned scales to columns of reals.</summary>
public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "Normalizing";

    private readonly ColumnScale[] _scales;

    internal NormalizingTransformer(IHostEnvironment environment, InputOutputColumnPair[] columns, ColumnScale[] scales) : base(environment, columns) => _scales = scales;

    private NormalizingTransformer(ModelLoadContext ctx) : base(ctx) => _scales = [.. Columns.Select(_ => ColumnScale.Load(ctx.Reader))];

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Check.Param(index >= 0 && index < _scales.Length, nameof(index), $"Not valid. Valid range is from 0 (inclusive) to {_scales.Length} (exclusive) but got {index}.");
        return _scales[index].Parameters;
    }

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        if (!column.Type.ItemType().Equals(_scales[index].Type.ItemType()) || column.Type.ValueCount() != _scales[index].Type.ValueCount()
            || column.Type is VectorDataViewType != _scales[index].Type is VectorDataViewType)
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, _scales[index].Type.ToString(), column.Type.ToString());
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        foreach (var scale in _scales)
            scale.Save(ctx.Writer);
    }

    private static NormalizingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private sealed class Mapper(NormalizingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [.. parent.Columns.Select((pair, i) =>
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
            annotations.Add(InputSchema[Inputs[i]].Annotations, kind => kind == AnnotationKinds.SlotNames);
            return new DataViewSchema.DetachedColumn(pair.OutputColumnName, parent._scales[i].Type, annotations.ToAnnotations());
        })];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            return parent._scales[index].MakeGetter(input, input.Schema[Inputs[index]]);
        }
    }
}
