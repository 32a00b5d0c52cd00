using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(ImageGrayscalingTransformer.Signature, typeof(ImageGrayscalingTransformer))]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes images grey.</summary>
public sealed class ImageGrayscalingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImageGrayscaling";

    internal ImageGrayscalingTransformer(IHostEnvironment environment, InputOutputColumnPair column) : base(environment, column) { }

    private ImageGrayscalingTransformer(ModelLoadContext ctx) : base(ctx) { }

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    private protected override void CheckInput(DataViewSchema.Column column, int index) => ImageColumn.CheckType(column);

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
    }

    private static ImageGrayscalingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private sealed class Mapper(ImageGrayscalingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() =>
            [.. parent.Columns.Select((pair, i) => new DataViewSchema.DetachedColumn(pair.OutputColumnName, InputSchema[Inputs[i]].Type))];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer) =>
            ImageColumn.Map(input, Inputs[index], image => image.Grayscaled(), out disposer);
    }
}
