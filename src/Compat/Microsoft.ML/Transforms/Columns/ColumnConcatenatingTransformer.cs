using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: ModelLoader(ColumnConcatenatingTransformer.Signature, typeof(ColumnConcatenatingTransformer))]

namespace Microsoft.ML.Data;

/// <summary>Joins scalars and vectors of one type to one vector.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string Signature = "ColumnConcatenating";

    internal ColumnConcatenatingTransformer(IHostEnvironment environment, string output, string[] inputs) : base(environment)
    {
        Output = output;
        Inputs = inputs;
    }

    internal string Output { get; }

    internal IReadOnlyList<string> Inputs { get; }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new ConcatenatingMapper(Output, Inputs, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        ctx.Writer.Write(Output);
        ctx.Writer.WriteNames(Inputs);
    }

    private static ColumnConcatenatingTransformer Load(ModelLoadContext ctx) => new(ctx.Environment, ctx.Reader.ReadString(), ctx.Reader.ReadNames());
}
