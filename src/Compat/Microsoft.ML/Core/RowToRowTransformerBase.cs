using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Base of the transformers of this library that make one row of one row.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase(IHostEnvironment environment) => Environment = environment;

    bool ITransformer.IsRowToRowMapper => true;

    private protected IHostEnvironment Environment { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return Bind(inputSchema).Layout.Schema;
    }

    public IDataView Transform(IDataView input)
    {
        Check.Value(input, nameof(input));
        return new MappedView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return new BoundMapper(Bind(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    /// <summary>Checks the columns of <paramref name="inputSchema"/> and makes the mapper for it.</summary>
    private protected abstract RowMapper Bind(DataViewSchema inputSchema);

    /// <summary>Writes the signature and the state; see <see cref="ModelSaveContext"/>.</summary>
    private protected abstract void SaveModel(ModelSaveContext ctx);
}
