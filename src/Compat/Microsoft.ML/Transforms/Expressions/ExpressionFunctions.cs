using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The functions that expressions can call. Each public method is one, by its name in lower case; overloads differ in their parameters.</summary>
internal static class ExpressionFunctions
{
    private static readonly ILookup<string, MethodInfo> s_methods = typeof(ExpressionFunctions)
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => method.Name != nameof(Call))
        .ToLookup(method => method.Name.ToLowerInvariant());

    // Of one real: a float's is computed as a double and rounded.
    private static readonly Dictionary<string, Func<double, double>> s_ofReal = new()
    {
        ["exp"] = Math.Exp, ["ln"] = Math.Log, ["log"] = Math.Log, ["sqrt"] = Math.Sqrt,
        ["deg"] = x => x * (180 / Math.PI), ["degrees"] = x => x * (180 / Math.PI), ["rad"] = x => x * (Math.PI / 180), ["radians"] = x => x * (Math.PI / 180),
        ["sin"] = Math.Sin, ["cos"] = Math.Cos, ["tan"] = Math.Tan, ["asin"] = Math.Asin, ["acos"] = Math.Acos, ["atan"] = Math.Atan,
        ["sind"] = x => Math.Sin(x * (Math.PI / 180)), ["cosd"] = x => Math.Cos(x * (Math.PI / 180)), ["tand"] = x => Math.Tan(x * (Math.PI / 180)),
        ["sinh"] = Math.Sinh, ["cosh"] = Math.Cosh, ["tanh"] = Math.Tanh,
        ["trunc"] = Math.Truncate, ["truncate"] = Math.Truncate, ["floor"] = Math.Floor, ["ceil"] = Math.Ceiling, ["ceiling"] = Math.Ceiling, ["round"] = Math.Round,
    };

    public static Expression Call(string name, Expression[] arguments)
    {
        if (arguments is [var only] && s_ofReal.TryGetValue(name, out var ofReal))
        {
            var type = ExpressionTypes.Fits(only.Type, typeof(float)) ? typeof(float) : typeof(double);
            if (ExpressionTypes.Fits(only.Type, type))
                return Expression.Invoke(Expression.Constant(ofReal), only.To(typeof(double))).To(type);
        }

        if (name == "concat" && arguments.All(argument => argument.Type == typeof(ReadOnlyMemory<char>)))
            return Expression.Call(typeof(ExpressionFunctions), nameof(Concat), null, Expression.NewArrayInit(typeof(ReadOnlyMemory<char>), arguments));

        var candidates = s_methods[name switch { "float" => "single", "atanyx" => "atan2", _ => name }].ToArray();
        if (candidates.Length == 0 && !s_ofReal.ContainsKey(name))
            throw ExpressionError.Binding(name, "Unknown function");
        var ofArity = candidates.Where(method => method.GetParameters().Length == arguments.Length).ToArray();
        if (ofArity.Length == 0)
            throw ExpressionError.Binding(name, $"No overload of function '{name}' takes {arguments.Length} arguments");
        // Declared from narrow to wide, so that the first that fits is the best.
        var best = ofArity.FirstOrDefault(method => method.GetParameters().Zip(arguments, (p, a) => p.ParameterType == a.Type).All(same => same))
            ?? ofArity.FirstOrDefault(method => method.GetParameters().Zip(arguments, (p, a) => ExpressionTypes.Fits(a.Type, p.ParameterType)).All(fits => fits))
            ?? throw ExpressionError.Binding(name, $"The best overload of '{name}' has some invalid arguments");
        return Expression.Call(best, best.GetParameters().Zip(arguments, (p, a) => a.To(p.ParameterType)));
    }

    public static double Pi() => Math.PI;
    public static float Na(float x) => float.NaN;
    public static double Na(double x) => double.NaN;
    public static int Default(int x) => 0;
    public static long Default(long x) => 0;
    public static float Default(float x) => 0;
    public static double Default(double x) => 0;
    public static bool Default(bool x) => false;
    public static ReadOnlyMemory<char> Default(ReadOnlyMemory<char> x) => default;
    public static int Abs(int x) => Math.Abs(x);
    public static long Abs(long x) => Math.Abs(x);
    public static float Abs(float x) => Math.Abs(x);
    public static double Abs(double x) => Math.Abs(x);
    public static int Sign(int x) => Math.Sign(x);
    public static long Sign(long x) => Math.Sign(x);
    public static float Sign(float x) => x > 0 ? 1 : x < 0 ? -1 : x;
    public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x;
    public static float Log(float x, float y) => (float)Math.Log(x, y);
    public static double Log(double x, double y) => Math.Log(x, y);
    public static float Atan2(float y, float x) => (float)Math.Atan2(y, x);
    public static double Atan2(double y, double x) => Math.Atan2(y, x);
    public static int Min(int x, int y) => Math.Min(x, y);
    public static long Min(long x, long y) => Math.Min(x, y);
    public static float Min(float x, float y) => Math.Min(x, y);
    public static double Min(double x, double y) => Math.Min(x, y);
    public static int Max(int x, int y) => Math.Max(x, y);
    public static long Max(long x, long y) => Math.Max(x, y);
    public static float Max(float x, float y) => Math.Max(x, y);
    public static double Max(double x, double y) => Math.Max(x, y);
    public static bool IsNa(float x) => float.IsNaN(x);
    public static bool IsNa(double x) => double.IsNaN(x);

    public static int Len(ReadOnlyMemory<char> text) => text.Length;
    public static ReadOnlyMemory<char> Lower(ReadOnlyMemory<char> text) => text.ToString().ToLowerInvariant().AsMemory();
    public static ReadOnlyMemory<char> Upper(ReadOnlyMemory<char> text) => text.ToString().ToUpperInvariant().AsMemory();

    // Places count from 0, negative ones from the end, as Python's slices.
    public static ReadOnlyMemory<char> Left(ReadOnlyMemory<char> text, int end) => text[..Place(end, text.Length)];
    public static ReadOnlyMemory<char> Right(ReadOnlyMemory<char> text, int start) => text[Place(start, text.Length)..];
    public static ReadOnlyMemory<char> Mid(ReadOnlyMemory<char> text, int start, int end) =>
        Place(start, text.Length) is var from && Place(end, text.Length) is var to && from < to ? text[from..to] : default;

    public static bool Bool(bool x) => x;
    public static bool Bool(ReadOnlyMemory<char> text) => Read<bool>(text, BooleanDataViewType.Instance);
    public static int Int(int x) => x;
    public static int Int(long x) => Convert.ToInt32(x);
    public static int Int(float x) => Convert.ToInt32(x);
    public static int Int(double x) => Convert.ToInt32(x);
    public static int Int(bool x) => x ? 1 : 0;
    public static int Int(ReadOnlyMemory<char> text) => Read<int>(text, NumberDataViewType.Int32);
    public static long Long(long x) => x;
    public static long Long(float x) => Convert.ToInt64(x);
    public static long Long(double x) => Convert.ToInt64(x);
    public static long Long(bool x) => x ? 1 : 0;
    public static long Long(ReadOnlyMemory<char> text) => Read<long>(text, NumberDataViewType.Int64);
    public static float Single(float x) => x;
    public static float Single(long x) => x;
    public static float Single(double x) => (float)x;
    public static float Single(bool x) => x ? 1 : 0;
    public static float Single(ReadOnlyMemory<char> text) => Read<float>(text, NumberDataViewType.Single);
    public static double Double(double x) => x;
    public static double Double(bool x) => x ? 1 : 0;
    public static double Double(ReadOnlyMemory<char> text) => Read<double>(text, NumberDataViewType.Double);
    public static ReadOnlyMemory<char> Text(int x) => x.ToString().AsMemory();
    public static ReadOnlyMemory<char> Text(long x) => x.ToString().AsMemory();
    public static ReadOnlyMemory<char> Text(float x) => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture).AsMemory();
    public static ReadOnlyMemory<char> Text(double x) => x.ToString("G17", System.Globalization.CultureInfo.InvariantCulture).AsMemory();
    public static ReadOnlyMemory<char> Text(bool x) => (x ? "1" : "0").AsMemory();
    public static ReadOnlyMemory<char> Text(ReadOnlyMemory<char> text) => text;

    internal static bool SameText(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

    internal static ReadOnlyMemory<char> Concat(ReadOnlyMemory<char>[] texts) => string.Concat(texts.Select(text => text.ToString())).AsMemory();

    internal static int Power(int x, int y) => (int)Power((long)x, y);

    /// <summary>Whole powers, wrapping round; of a negative exponent 0 but for 1 and -1.</summary>
    internal static long Power(long x, long y)
    {
        if (y < 0)
            return x == 1 ? 1 : x == -1 ? (y & 1) == 0 ? 1 : -1 : 0;
        long result = 1;
        for (; y > 0; y >>= 1, x = unchecked(x * x))
            if ((y & 1) != 0)
                result = unchecked(result * x);
        return result;
    }

    private static int Place(int place, int length) => Math.Clamp(place < 0 ? place + length : place, 0, length);

    private static T Read<T>(ReadOnlyMemory<char> text, PrimitiveDataViewType type) => ValueConversion.Find<ReadOnlyMemory<char>, T>(TextDataViewType.Instance, type)(text);
}
