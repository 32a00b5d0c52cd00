namespace Microsoft.ML.Data;

/// <summary>What stands for "no value" of a type: NaN of the reals, otherwise the default (an empty text, key 0).</summary>
internal static class MissingValue
{
    public static T Of<T>() =>
        typeof(T) == typeof(float) ? (T)(object)float.NaN
        : typeof(T) == typeof(double) ? (T)(object)double.NaN
        : default;
}
