using System.Linq.Expressions;

namespace Microsoft.ML.Data;

/// <summary>The types of expressions: flag, int, long, float, double, text; and which becomes which.</summary>
internal static class ExpressionTypes
{
    private static readonly Type[] s_numbers = [typeof(int), typeof(long), typeof(float), typeof(double)];

    public static bool IsSupported(DataViewType type) =>
        type is not KeyDataViewType && (IsNumber(type.RawType) || type is BooleanDataViewType or TextDataViewType);

    public static bool IsNumber(Type type) => s_numbers.Contains(type);

    public static bool IsReal(Type type) => type == typeof(float) || type == typeof(double);

    /// <summary>The type that two operands are brought to, null if there is none. <paramref name="exact"/>: an int does not fit a float.</summary>
    public static Type Common(Type a, Type b, bool exact = false)
    {
        if (a == b)
            return a;
        if (!IsNumber(a) || !IsNumber(b))
            return null;
        if (!IsReal(a) && !IsReal(b))
            return typeof(long);
        bool oneIsInt = a == typeof(int) || b == typeof(int), oneIsFloat = a == typeof(float) || b == typeof(float);
        return oneIsInt && oneIsFloat && !exact ? typeof(float) : typeof(double);
    }

    /// <summary>Whether an argument can be given where a parameter of a type is wanted.</summary>
    public static bool Fits(Type from, Type to) => from == to
        || from == typeof(int) && IsNumber(to)
        || (from == typeof(long) || from == typeof(float)) && to == typeof(double);

    public static Expression To(this Expression value, Type type) => value.Type == type ? value : Expression.Convert(value, type);
}
