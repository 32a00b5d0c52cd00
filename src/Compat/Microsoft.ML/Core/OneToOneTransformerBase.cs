using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Base of the transformers that make each of their output columns of one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IHostEnvironment environment, params InputOutputColumnPair[] columns) : base(environment)
    {
        Check.NonEmpty(columns, nameof(columns));
        var repeated = columns.GroupBy(pair => pair.OutputColumnName).FirstOrDefault(group => group.Count() > 1);
        Check.Param(repeated is null, nameof(columns), $"Name of the result column '{repeated?.Key}' specified multiple times");
        Columns = columns;
    }

    private protected OneToOneTransformerBase(ModelLoadContext ctx) : this(ctx.Environment, ReadColumns(ctx)) { }

    private protected InputOutputColumnPair[] Columns { get; }

    /// <summary>The indices of the input columns, each checked by <see cref="CheckInput"/>.</summary>
    private protected int[] FindInputs(DataViewSchema inputSchema) => [.. Columns.Select((pair, i) =>
    {
        var column = inputSchema.GetColumnOrNull(pair.InputColumnName)
            ?? throw Errors.SchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName);
        CheckInput(column, i);
        return column.Index;
    })];

    /// <summary>Throws <see cref="Errors.SchemaMismatch(string, string, string, string, string)"/> if the input column of pair <paramref name="index"/> has the wrong type.</summary>
    private protected virtual void CheckInput(DataViewSchema.Column column, int index) { }

    private protected void SaveColumns(ModelSaveContext ctx)
    {
        ctx.Writer.Write(Columns.Length);
        foreach (var pair in Columns)
        {
            ctx.Writer.Write(pair.OutputColumnName);
            ctx.Writer.Write(pair.InputColumnName);
        }
    }

    private static InputOutputColumnPair[] ReadColumns(ModelLoadContext ctx)
    {
        var columns = new InputOutputColumnPair[ctx.Reader.ReadInt32()];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = new(ctx.Reader.ReadString(), ctx.Reader.ReadString());
        return columns;
    }

    /// <summary>A mapper of one input column per added column, in the order of <see cref="Columns"/>.</summary>
    private protected abstract class PairMapper(OneToOneTransformerBase parent, DataViewSchema inputSchema) : ColumnMapper(inputSchema)
    {
        protected int[] Inputs { get; } = parent.FindInputs(inputSchema);

        protected sealed override IEnumerable<int> GetSources(int index) => [Inputs[index]];
    }
}
