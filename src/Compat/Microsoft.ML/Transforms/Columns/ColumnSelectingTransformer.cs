using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(ColumnSelectingTransformer.Signature, typeof(ColumnSelectingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some columns, in the order asked, or drops some.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string Signature = "ColumnSelecting";

    private readonly Selection _selection;

    internal ColumnSelectingTransformer(IHostEnvironment environment, Selection selection)
    {
        Check.That(selection.Names is { Length: > 0 }, "Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        _selection = selection;
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Layout.Schema;

    public IDataView Transform(IDataView input)
    {
        Check.Value(input, nameof(input));
        return new MappedView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new BoundMapper(Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        ctx.Writer.WriteNames(_selection.Names);
        ctx.Writer.Write(_selection.Keep);
        ctx.Writer.Write(_selection.KeepHidden);
    }

    internal bool Keeps(string name) => _selection.Names.Contains(name) == _selection.Keep;

    internal void CheckColumns(IEnumerable<string> inputColumns)
    {
        var absent = _selection.Names.Except(inputColumns).ToArray();
        if (absent.Length > 0)
            throw Errors.SchemaMismatch("inputSchema", "input", string.Join(",", absent));
    }

    private static ColumnSelectingTransformer Load(ModelLoadContext ctx) => new(ctx.Environment,
        new(ctx.Reader.ReadNames(), ctx.Reader.ReadBoolean(), ctx.Reader.ReadBoolean()));

    private Mapper Bind(DataViewSchema inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        CheckColumns(inputSchema.Select(column => column.Name));
        return new(_selection, inputSchema);
    }

    /// <summary>Columns to keep, or to drop; and whether those kept include hidden ones.</summary>
    internal sealed record Selection(string[] Names, bool Keep, bool KeepHidden);

    private sealed class Mapper(Selection selection, DataViewSchema inputSchema) : RowMapper(inputSchema)
    {
        public override IEnumerable<int> GetDependencies(Func<int, bool> isActive) => [];

        public override Delegate[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action disposer)
        {
            disposer = null;
            return [];
        }

        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [];

        protected override ColumnLayout MakeLayout()
        {
            var kept = selection.Keep
                ? selection.Names.SelectMany(name => InputSchema.Where(column => column.Name == name && (selection.KeepHidden || !column.IsHidden)))
                : InputSchema.Where(column => !selection.Names.Contains(column.Name));
            return ColumnLayout.Select(InputSchema, kept.Select(column => column.Index));
        }
    }
}
