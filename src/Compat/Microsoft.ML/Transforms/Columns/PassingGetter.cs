using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column's own getter, for a type known only at run time.</summary>
internal static class PassingGetter
{
    public static Delegate Of(DataViewRow row, DataViewSchema.Column column) =>
        GenericMethod.Call<Delegate>(typeof(PassingGetter), nameof(OfTyped), column.Type.RawType, row, column);

    private static ValueGetter<T> OfTyped<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
