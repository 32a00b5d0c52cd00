using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Makes a view of a view, row by row where <see cref="IsRowToRowMapper"/>.</summary>
public interface ITransformer : ICanSaveModel
{
    bool IsRowToRowMapper { get; }

    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    IDataView Transform(IDataView input);

    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}
