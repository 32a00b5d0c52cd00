using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Where a compiled expression finds the value of an input.</summary>
internal abstract class ExpressionCell
{
    /// <param name="type">The type of the input's items.</param>
    /// <param name="row">The row.</param>
    /// <param name="column">The input.</param>
    /// <param name="isVector">Then the items are put into the cell by whoever goes through them.</param>
    public static ExpressionCell Of(Type type, DataViewRow row, DataViewSchema.Column column, bool isVector) =>
        GenericMethod.Call<ExpressionCell>(typeof(ExpressionCell), nameof(Make), type, row, column, isVector);

    public abstract void Read();

    private static ExpressionCell<T> Make<T>(DataViewRow row, DataViewSchema.Column column, bool isVector) => new(isVector ? null : row.GetGetter<T>(column));
}

/// <summary>A cell of one type.</summary>
internal sealed class ExpressionCell<T>(ValueGetter<T> getter) : ExpressionCell
{
    public T Value;

    public override void Read() => getter?.Invoke(ref Value);
}
