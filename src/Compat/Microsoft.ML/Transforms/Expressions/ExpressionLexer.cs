using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Cuts an expression into tokens.</summary>
internal static class ExpressionLexer
{
    // Longer signs first.
    private static readonly string[] s_signs =
        ["&&", "||", "!=", "==", "=>", "<=", "<>", ">=", "??", "^", "*", "/", "%", "+", "-", "!", "=", "<", ">", ",", ":", ";", "?", "(", ")"];

    public static List<ExpressionToken> Cut(string expression)
    {
        var tokens = new List<ExpressionToken>();
        for (int at = 0; ;)
        {
            while (at < expression.Length && char.IsWhiteSpace(expression[at]))
                at++;
            if (at == expression.Length)
            {
                tokens.Add(new(ExpressionTokenKind.End, "<Eof>"));
                return tokens;
            }

            tokens.Add(Next(expression, ref at));
        }
    }

    private static ExpressionToken Next(string expression, ref int at)
    {
        char first = expression[at];
        int start = at;
        if (char.IsLetter(first) || first == '_')
        {
            while (at < expression.Length && (char.IsLetterOrDigit(expression[at]) || expression[at] == '_'))
                at++;
            return new(ExpressionTokenKind.Name, expression[start..at]);
        }

        if (char.IsAsciiDigit(first) || first == '.' && at + 1 < expression.Length && char.IsAsciiDigit(expression[at + 1]))
            return Number(expression, ref at);
        if (first == '"')
            return Text(expression, ref at);
        foreach (string sign in s_signs)
            if (string.CompareOrdinal(expression, at, sign, 0, sign.Length) == 0)
            {
                at += sign.Length;
                return new(ExpressionTokenKind.Sign, sign);
            }

        throw ExpressionError.Parsing(first.ToString(), "Unexpected character");
    }

    // Without a suffix an integer is an int, or a long where it must be; a real is a float. 0x begins a hexadecimal integer.
    private static ExpressionToken Number(string expression, ref int at)
    {
        int start = at;
        bool hex = expression[at] == '0' && at + 2 < expression.Length && expression[at + 1] is 'x' or 'X' && char.IsAsciiHexDigit(expression[at + 2]);
        if (hex)
            at += 2;
        while (at < expression.Length && IsOfNumber(expression, at, start, hex))
            at++;
        string written = expression[start..at];
        char suffix = at < expression.Length ? char.ToUpperInvariant(expression[at]) : '\0';
        bool real = !hex && written.AsSpan().ContainsAny(".eE");
        if (suffix == 'L' || !hex && suffix is 'F' or 'D')
            at++;
        try
        {
            if (real || !hex && suffix is 'F' or 'D')
            {
                double value = double.Parse(written, CultureInfo.InvariantCulture);
                return new(ExpressionTokenKind.Number, written, suffix == 'D' ? value : (object)(float)value);
            }

            ulong whole = hex ? ulong.Parse(written.AsSpan(2), NumberStyles.HexNumber) : ulong.Parse(written, NumberStyles.None, CultureInfo.InvariantCulture);
            bool small = suffix != 'L' && whole <= (hex ? uint.MaxValue : int.MaxValue);
            return new(ExpressionTokenKind.Number, written, small ? unchecked((int)whole) : hex ? unchecked((long)whole) : checked((object)(long)whole));
        }
        catch (OverflowException)
        {
            throw ExpressionError.Parsing(written, "Overflow");
        }
    }

    private static bool IsOfNumber(string expression, int at, int start, bool hex)
    {
        char c = expression[at];
        if (hex)
            return char.IsAsciiHexDigit(c);
        bool digitFollows = at + 1 < expression.Length && char.IsAsciiDigit(expression[at + 1]);
        var before = expression.AsSpan(start, at - start);
        return char.IsAsciiDigit(c)
            || c == '.' && digitFollows && !before.ContainsAny(".eE")
            || c is 'e' or 'E' && !before.ContainsAny("eE") && (digitFollows || at + 2 < expression.Length && expression[at + 1] is '+' or '-' && char.IsAsciiDigit(expression[at + 2]))
            || c is '+' or '-' && at > start && expression[at - 1] is 'e' or 'E';
    }

    private static ExpressionToken Text(string expression, ref int at)
    {
        int start = at++;
        var text = new StringBuilder();
        while (at < expression.Length && expression[at] != '"')
            text.Append(expression[at] == '\\' ? Escaped(expression, ref at) : expression[at++]);
        if (at == expression.Length)
            throw ExpressionError.Parsing(expression[start..], "Unterminated string");
        at++;
        return new(ExpressionTokenKind.Text, expression[start..at], text.ToString());
    }

    private static char Escaped(string expression, ref int at)
    {
        char kind = at + 1 < expression.Length ? expression[at + 1] : '\0';
        if (kind is 'u' && at + 6 <= expression.Length && ushort.TryParse(expression.AsSpan(at + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort code))
        {
            at += 6;
            return (char)code;
        }

        at += 2;
        return kind switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '0' => '\0',
            '\\' or '"' or '\'' => kind,
            _ => throw ExpressionError.Parsing($"\\{kind}", "Bad escape sequence"),
        };
    }
}
