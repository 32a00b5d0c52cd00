using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor that chooses among another's rows, with positions of its own, and passes their columns through.</summary>
internal abstract class PassingCursor(DataViewRowCursor input, bool[] active) : RootCursor
{
    public sealed override DataViewSchema Schema => Input.Schema;

    protected DataViewRowCursor Input { get; } = input;

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public sealed override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index < active.Length ? active[column.Index] : throw Errors.NotInSchema(column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        IsColumnActive(column) ? Input.GetGetter<TValue>(column) : throw Errors.Inactive(column);

    protected override void DisposeOwn() => Input.Dispose();
}
