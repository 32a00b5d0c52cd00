using System.Linq.Expressions;

namespace Microsoft.ML.Data;

/// <summary>
/// Parses "(x, y) : x + y" (or "=>" for ":") into a typed expression tree. From loose to tight: ? :, ??, or ||, and &amp;&amp;, comparison (in chains:
/// 1 &lt; x &lt;= 2), + -, * / %, sign and not, ^ to the right. "with(a = x + 1; a * a)" names a part.
/// </summary>
internal sealed class ExpressionParser
{
    private readonly List<ExpressionToken> _tokens;
    private readonly Dictionary<string, Expression> _names = [];
    private int _at;

    private ExpressionParser(string expression) => _tokens = ExpressionLexer.Cut(expression);

    private ExpressionToken Current => _tokens[_at];

    /// <summary>The body, with its parameters replaced by these values.</summary>
    public static Expression Parse(string expression, IReadOnlyList<Expression> parameters)
    {
        var parser = new ExpressionParser(expression);
        parser.Parameters(parameters);
        var body = parser.Conditional();
        if (parser.Current.Kind != ExpressionTokenKind.End)
            throw parser.Unexpected("Operator expected");
        return body;
    }

    private void Parameters(IReadOnlyList<Expression> values)
    {
        bool enclosed = Current.Is("(");
        if (enclosed)
            _at++;
        int count = 0;
        do
        {
            string name = Name();
            if (count == values.Count)
                throw ExpressionError.Parsing(name, $"Too many parameters, expected {values.Count}");
            _names[name] = values[count++];
        }
        while (enclosed && TakeIf(","));
        if (enclosed)
            Take(")");
        if (count != values.Count)
            throw Unexpected($"Wrong number of parameters, expected: {values.Count}");
        if (!TakeIf(":"))
            Take("=>");
    }

    private Expression Conditional()
    {
        var condition = Coalesce();
        while (TakeIf("?"))
        {
            var yes = Conditional();
            Take(":");
            var no = Conditional();
            var type = ExpressionTypes.Common(yes.Type, no.Type) ?? throw ExpressionError.Binding("?", "Invalid conditional expression");
            condition = Expression.Condition(Flag(condition), yes.To(type), no.To(type));
        }

        return condition;
    }

    private Expression Coalesce()
    {
        var left = Or();
        if (!TakeIf("??"))
            return left;
        if (!ExpressionTypes.IsReal(left.Type))
            throw ExpressionError.Binding("??", "Invalid operand");
        var right = Coalesce();
        var type = Numeric(left, right, "??");
        return Expression.Condition(ExpressionFunctions.Call("isna", [left]), right.To(type), left.To(type));
    }

    private Expression Or()
    {
        var left = And();
        while (TakeIf("||", "or"))
            left = Expression.OrElse(Flag(left), Flag(And()));
        return left;
    }

    private Expression And()
    {
        var left = Comparison();
        while (TakeIf("&&", "and"))
            left = Expression.AndAlso(Flag(left), Flag(Comparison()));
        return left;
    }

    private Expression Comparison()
    {
        var operands = new List<Expression> { Sum() };
        var signs = new List<string>();
        string[] group = Current.Is("<", "<=") ? ["<", "<="] : Current.Is(">", ">=") ? [">", ">="] : Current.Is("=", "==") ? ["=", "=="] : ["<>", "!="];
        while (Current.Is(group))
        {
            signs.Add(_tokens[_at++].Written);
            operands.Add(Sum());
        }

        if (signs.Count == 0)
            return operands[0];
        if (Current.Is("<", "<=", ">", ">=", "=", "==", "<>", "!="))
            throw Unexpected("Mixed direction not allowed");

        var type = operands.Select(operand => operand.Type).Aggregate((a, b) =>
            ExpressionTypes.Common(a, b, exact: true) ?? throw ExpressionError.Binding(signs[0], "Bad operands for comparison"));
        // All different, or each in order with the one before it.
        var pairs = group.Contains("!=")
            ? Enumerable.Range(1, signs.Count).SelectMany(j => Enumerable.Range(0, j).Select(i => Compare("!=", operands[i].To(type), operands[j].To(type))))
            : signs.Select((sign, i) => Compare(sign, operands[i].To(type), operands[i + 1].To(type)));
        return pairs.Aggregate(Expression.AndAlso);
    }

    private static Expression Compare(string sign, Expression left, Expression right)
    {
        bool isText = left.Type == typeof(ReadOnlyMemory<char>);
        var equal = isText
            ? (Expression)Expression.Call(typeof(ExpressionFunctions), nameof(ExpressionFunctions.SameText), null, left, right)
            : Expression.Equal(left, right);
        return sign switch
        {
            "=" or "==" => equal,
            "!=" => isText ? Expression.Not(equal) : Expression.NotEqual(left, right),
            _ when !ExpressionTypes.IsNumber(left.Type) => throw ExpressionError.Binding(sign, "Bad operands for comparison"),
            "<" => Expression.LessThan(left, right),
            "<=" => Expression.LessThanOrEqual(left, right),
            ">" => Expression.GreaterThan(left, right),
            _ => Expression.GreaterThanOrEqual(left, right),
        };
    }

    private Expression Sum()
    {
        var left = Product();
        while (Current.Is("+", "-"))
            left = Arithmetic(_tokens[_at++].Written, left, Product());
        return left;
    }

    private Expression Product()
    {
        var left = Signed();
        while (Current.Is("*", "/", "%"))
            left = Arithmetic(_tokens[_at++].Written, left, Signed());
        return left;
    }

    private Expression Signed()
    {
        if (TakeIf("-"))
        {
            var operand = Signed();
            return ExpressionTypes.IsNumber(operand.Type) ? Expression.Negate(operand) : throw ExpressionError.Binding("-", "Invalid numeric operand");
        }

        return TakeIf("!", "not") ? Expression.Not(Flag(Signed())) : Power();
    }

    private Expression Power()
    {
        var left = Primary();
        return TakeIf("^") ? Arithmetic("^", left, Signed()) : left;
    }

    private Expression Primary()
    {
        var token = Current;
        if (token.Kind is ExpressionTokenKind.Number or ExpressionTokenKind.Text)
        {
            _at++;
            return token.Value is string text ? Expression.Constant(text.AsMemory()) : Expression.Constant(token.Value);
        }

        if (TakeIf("("))
        {
            var inner = Conditional();
            Take(")");
            return inner;
        }

        if (TakeIf("true", "false"))
            return Expression.Constant(token.Written == "true");
        if (TakeIf("with"))
            return With();
        string name = Name();
        if (!TakeIf("("))
            return _names.TryGetValue(name, out var value) ? value : throw ExpressionError.Binding(name, $"Unresolved identifier '{name}'");
        var arguments = new List<Expression>();
        if (!Current.Is(")"))
            do
                arguments.Add(Conditional());
            while (TakeIf(","));
        Take(")");
        return ExpressionFunctions.Call(name, [.. arguments]);
    }

    // A name is its expression: there are no side effects that would tell the difference.
    private Expression With()
    {
        var outer = new Dictionary<string, Expression>(_names);
        Take("(");
        do
        {
            string name = Name();
            Take("=");
            _names[name] = Conditional();
        }
        while (TakeIf(","));
        Take(";");
        var body = Conditional();
        Take(")");
        _names.Clear();
        foreach (var (name, value) in outer)
            _names.Add(name, value);
        return body;
    }

    private static Expression Arithmetic(string sign, Expression left, Expression right)
    {
        var type = Numeric(left, right, sign);
        (left, right) = (left.To(type), right.To(type));
        return sign switch
        {
            "+" => Expression.Add(left, right),
            "-" => Expression.Subtract(left, right),
            "*" => Expression.Multiply(left, right),
            "/" => Expression.Divide(left, right),
            "%" => Expression.Modulo(left, right),
            _ when ExpressionTypes.IsReal(type) => Expression.Call(typeof(Math), nameof(Math.Pow), null, left.To(typeof(double)), right.To(typeof(double))).To(type),
            _ => Expression.Call(typeof(ExpressionFunctions), nameof(ExpressionFunctions.Power), null, left, right),
        };
    }

    private static Type Numeric(Expression left, Expression right, string sign) =>
        ExpressionTypes.Common(left.Type, right.Type) is { } type && ExpressionTypes.IsNumber(type) ? type : throw ExpressionError.Binding(sign, "Invalid numeric operand");

    private static Expression Flag(Expression value) => value.Type == typeof(bool) ? value : throw ExpressionError.Binding("condition", "Invalid boolean operand");

    private string Name()
    {
        if (Current.Kind != ExpressionTokenKind.Name || Current.Is("true", "false", "not", "and", "or", "with"))
            throw Unexpected($"Expected: '<Ident>', Found: '{Current.Written}'");
        return _tokens[_at++].Written;
    }

    private bool TakeIf(params ReadOnlySpan<string> written)
    {
        bool found = Current.Is(written);
        if (found)
            _at++;
        return found;
    }

    private void Take(string written)
    {
        if (!TakeIf(written))
            throw Unexpected($"Expected: '{written}', Found: '{Current.Written}'");
    }

    private Exception Unexpected(string message) => ExpressionError.Parsing(Current.Written, message);
}
