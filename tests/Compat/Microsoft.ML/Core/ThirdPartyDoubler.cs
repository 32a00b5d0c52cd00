using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Core;

/// <summary>An estimator and transformer written with public members alone: adds "Twice", the double of "Number", and counts what is disposed.</summary>
internal sealed class ThirdPartyDoubler : IEstimator<ThirdPartyDoubler>, ITransformer, IDisposable
{
    public int Disposals { get; private set; }

    public int RowDisposals { get; private set; }

    public int Fits { get; private set; }

    public Action<ModelSaveContext> OnSave { get; init; } = _ => { };

    public bool IsRowToRowMapper => true;

    public ThirdPartyDoubler Fit(IDataView input)
    {
        Fits++;
        return this;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => new(inputSchema.Append(ShapeSpy.ShapeOf("Twice", NumberDataViewType.Single)));

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        if (inputSchema.GetColumnOrNull("Number") is null)
            throw new ArgumentOutOfRangeException(nameof(inputSchema), "no Number");
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumn("Twice", NumberDataViewType.Single);
        return builder.ToSchema();
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    public IDataView Transform(IDataView input) => new View(input, new Mapper(this, input.Schema));

    public void Save(ModelSaveContext ctx) => OnSave(ctx);

    public void Dispose() => Disposals++;

    private sealed class Mapper(ThirdPartyDoubler parent, DataViewSchema inputSchema) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => inputSchema;

        public DataViewSchema OutputSchema { get; } = parent.GetOutputSchema(inputSchema);

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            dependingColumns.Select(column => inputSchema[column.Index < inputSchema.Count ? column.Index : inputSchema["Number"].Index]).Distinct();

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
            new Row(parent, input, OutputSchema, [.. activeColumns.Select(column => column.Index)]);
    }

    private sealed class Row(ThirdPartyDoubler parent, DataViewRow input, DataViewSchema schema, HashSet<int> active) : DataViewRow
    {
        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => schema;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index < input.Schema.Count)
                return input.GetGetter<TValue>(input.Schema[column.Index]);
            var number = input.GetGetter<float>(input.Schema["Number"]);
            return (ValueGetter<TValue>)(Delegate)(ValueGetter<float>)((ref float value) =>
            {
                number(ref value);
                value *= 2;
            });
        }

        protected override void Dispose(bool disposing)
        {
            parent.RowDisposals++;
            input.Dispose();
        }
    }

    private sealed class View(IDataView source, Mapper mapper) : IDataView
    {
        public bool CanShuffle => source.CanShuffle;

        public DataViewSchema Schema => mapper.OutputSchema;

        public long? GetRowCount() => source.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            var needed = columnsNeeded.ToList();
            var input = source.GetRowCursor(mapper.GetDependencies(needed), rand);
            return new Cursor(input, mapper.GetRow(input, needed));
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            [GetRowCursor(columnsNeeded, rand)];
    }

    private sealed class Cursor(DataViewRowCursor input, DataViewRow row) : DataViewRowCursor
    {
        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => row.Schema;

        public override bool MoveNext() => input.MoveNext();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

        protected override void Dispose(bool disposing) => row.Dispose();
    }
}
