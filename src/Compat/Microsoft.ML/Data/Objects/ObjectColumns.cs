using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Looks up the getters of a row made of an object.</summary>
internal static class ObjectColumns
{
    public static bool IsActive(Delegate[] getters, DataViewSchema.Column column)
    {
        Check.That(column.Index < getters.Length, $"Column index must be between 0 and {getters.Length}");
        return getters[column.Index] is not null;
    }

    public static ValueGetter<TValue> GetGetter<TValue>(Delegate[] getters, DataViewSchema.Column column)
    {
        Check.Param(IsActive(getters, column), nameof(column), "requested column not active");
        var getter = getters[column.Index];
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter for column #{column}: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }
}
