using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Transforms;

public sealed class ExpressionTests
{
    private sealed class Row
    {
        public float X { get; set; }
        public int N { get; set; }
        public double D { get; set; }
        public bool B { get; set; }
        public string T { get; set; } = "";
        [VectorType(2)] public int[] V { get; set; } = [0, 0];
    }

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public ExpressionTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { X = 2, N = 7, D = 0.5, B = true, T = "abcdef", V = [0, 3] }, new() { X = float.NaN, N = -7, D = -1, B = false, T = "", V = [1, 2] },
    });

    private IDataView Out(string expression, params string[] inputs) => ml.Transforms.Expression("Out", expression, inputs).Fit(data).Transform(data);

    [Theory]
    [InlineData("x : x / 2", 1, float.NaN)]
    [InlineData("(x) => x * x - 2.5", 1.5f, float.NaN)]
    [InlineData("x : x ?? -1", 2, -1)]
    [InlineData("x : -x ^ 2", -4, float.NaN)]
    [InlineData("x : 2 + 3 * x", 8, float.NaN)]
    [InlineData("x : (2 + 3) * x", 10, float.NaN)]
    [InlineData("x : min(x, 1) + max(x, 3)", 4, float.NaN)]
    [InlineData("x : sqrt(x * 8) + abs(-x) + floor(x + 0.5)", 8, float.NaN)]
    [InlineData("x : x % 2 + 3f", 3, float.NaN)]
    [InlineData("x : with(y = x + 1; y * y)", 9, float.NaN)]
    [InlineData("x : with(y = x + 1, z = y + 1; y * z)", 12, float.NaN)]
    [InlineData("x : x < 1 ? 10 : x", 2, float.NaN)]
    public void Arithmetic_OfSingle_GivesSingle(string expression, float first, float second)
    {
        var view = Out(expression, "X");

        Assert.Equal(NumberDataViewType.Single, view.Schema["Out"].Type);
        Assert.Equal([first, second], view.Values<float>("Out"));
    }

    [Theory]
    [InlineData("n : n / 2", 3, -3)]
    [InlineData("n : n % 4", 3, -3)]
    [InlineData("n : n > 0 ? 1 : 0", 1, 0)]
    [InlineData("n : abs(n) + sign(n)", 8, 6)]
    [InlineData("n : int(1.7) * n", 14, -14)]
    [InlineData("n : 0x10 + n", 23, 9)]
    public void Arithmetic_OfIntegers_GivesIntegers(string expression, int first, int second)
    {
        var view = Out(expression, "N");

        Assert.Equal(NumberDataViewType.Int32, view.Schema["Out"].Type);
        Assert.Equal([first, second], view.Values<int>("Out"));
    }

    [Theory]
    [InlineData("x : x > 1", true, false)]
    [InlineData("x : x = 2", true, false)]
    [InlineData("x : x <> 2", false, true)]
    [InlineData("x : isna(x)", false, true)]
    [InlineData("x : 1 < x <= 2", true, false)]
    [InlineData("x : x > 1 and not (x > 3) or false", true, false)]
    [InlineData("x : !(x > 1) || x == 5", false, true)]
    public void Comparison_OfSingle_GivesBoolean(string expression, bool first, bool second) =>
        Assert.Equal([first, second], Out(expression, "X").Values<bool>("Out"));

    [Theory]
    [InlineData("t : mid(t, 1, 3)", "bc", "")]
    [InlineData("t : left(t, 2)", "ab", "")]
    [InlineData("t : left(t, -2)", "abcd", "")]
    [InlineData("t : right(t, 2)", "cdef", "")]
    [InlineData("t : right(t, -2)", "ef", "")]
    [InlineData("t : upper(t)", "ABCDEF", "")]
    [InlineData("t : concat(t, \"-\", text(len(t)))", "abcdef-6", "-0")]
    [InlineData("t : t = \"abcdef\" ? \"yes\" : 'n'", null, null)]
    [InlineData("t : t = \"abcdef\" ? \"yes\\t\" : \"no\"", "yes\t", "no")]
    public void Text_Functions_GiveText(string expression, string? first, string? second)
    {
        if (first is null)
            Assert.ThrowsAny<ArgumentException>(() => Out(expression, "T"));
        else
            Assert.Equal([first, second!], Out(expression, "T").Values<string>("Out"));
    }

    [Fact]
    public void Types_Mixed_TakeTheWider()
    {
        Assert.Equal(NumberDataViewType.Single, Out("(n, x) : n + x", "N", "X").Schema["Out"].Type);
        Assert.Equal(NumberDataViewType.Double, Out("(n, d) : n + d", "N", "D").Schema["Out"].Type);
        Assert.Equal(NumberDataViewType.Int64, Out("n : n + 10L", "N").Schema["Out"].Type);
        Assert.Equal([7.5, -8], Out("(n, d) : n + d", "N", "D").Values<double>("Out"));
    }

    [Fact]
    public void Vector_WithScalars_IsMappedItemByItem()
    {
        var view = Out("(t, v) : mid(t, v, v + 2)", "T", "V");

        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, 2), view.Schema["Out"].Type);
        Assert.Equal([["ab", "de"], ["", ""]], view.Values<string[]>("Out"));
    }

    [Fact]
    public void Vector_OfPackedText_UnpacksToKnownSizeScores()
    {
        // How a saved model can give a vector a size that was not known when its classes were compiled.
        var packed = ml.Data.LoadFromEnumerable(new[] { new Packed { Scores = $"{0.25f,-16}{0.75f,-16}", Places = [0, 16] } });
        var view = ml.Transforms.Expression("Score", "(t, s) : single(mid(s, t, t + 16))", "Places", "Scores").Fit(packed).Transform(packed);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["Score"].Type);
        Assert.Equal([[0.25f, 0.75f]], view.Values<float[]>("Score"));
    }

    private sealed class Packed
    {
        public string Scores { get; set; } = "";
        [VectorType(2)] public int[] Places { get; set; } = [];
    }

    [Theory]
    [InlineData("x : y", "Unresolved identifier 'y'")]
    [InlineData("x : foo(x)", "Unknown function")]
    [InlineData("x : x +", "parsing failed")]
    [InlineData("x : x x", "parsing failed")]
    [InlineData("(x, y) : x", "parsing failed")]
    [InlineData("x : x && true", "binding failed")]
    [InlineData("x : \"a\" < \"b\"", "binding failed")]
    [InlineData("x : x ? 1 : 2", "binding failed")]
    public void Expression_Wrong_ThrowsSayingWhatIsWrong(string expression, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => Out(expression, "X")).Message);

    [Fact]
    public void Input_Absent_ThrowsNamingTheColumn() =>
        Assert.Contains("'Nowhere'", Assert.Throws<ArgumentOutOfRangeException>(() => Out("x : x", "Nowhere")).Message);

    [Fact]
    public void Model_SavedAndLoaded_ComputesAlike()
    {
        var model = ml.Transforms.Expression("A", "(t, v) : mid(t, v, v + 2)", "T", "V").Append(ml.Transforms.Expression("B", "(n, x) : n * x", "N", "X")).Fit(data);
        var view = model.SavedAndLoaded(data).Transform(data);

        Assert.Equal([["ab", "de"], ["", ""]], view.Values<string[]>("A"));
        Assert.Equal([14f, float.NaN], view.Values<float>("B"));
    }
}
