using System.Globalization;
using System.Reflection;

namespace Fovea.PowerShell;

/// <summary>
/// Reads an object of the library from text: <c>Constant</c>, <c>OneCycle(0.1)</c>, <c>Cosine(floor=0.01)</c>, <c>PerChannel([0.5], [0.25])</c>,
/// and for what can be added and weighted <c>PixelCrossEntropy(Balanced=true) + 0.5 * DiceLoss</c>.
/// </summary>
/// <param name="type">What is wanted.</param>
/// <param name="text">The text.</param>
internal sealed class FactoryText(Type type, string text)
{
    private readonly string _text = text;
    private int _at;

    /// <exception cref="FormatException">It is not such a text; the message says what is possible.</exception>
    public object Read()
    {
        var sum = Term();
        while (Take('+'))
            sum = Operator("op_Addition", sum, Term());
        return Rest() == "" ? sum : throw Wrong($"'{Rest()}' is more than one of them");
    }

    private object Term()
    {
        if (!Peek(char.IsAsciiDigit))
            return One();
        var weight = Number();
        return Take('*') ? Operator("op_Multiply", weight, One()) : throw Wrong("a number must be followed by *");
    }

    private object One()
    {
        var name = Word();
        if (FactoryNames.Find(type, name) is not { } factory)
            throw Wrong($"'{name}' is none");
        var (positional, named) = Take('(') ? Arguments() : ([], []);
        return factory.Make(positional, named, Wrong);
    }

    private (List<object> Positional, Dictionary<string, object> Named) Arguments()
    {
        List<object> positional = [];
        Dictionary<string, object> named = new(StringComparer.OrdinalIgnoreCase);
        while (!Take(')'))
        {
            if (Peek(char.IsLetter))
            {
                var word = Word();
                if (Take('='))
                    named[word] = Value();
                else
                    positional.Add(word);
            }
            else
                positional.Add(Value());
            if (!Take(',') && !Peek(c => c == ')'))
                throw Wrong("a ) is missing");
        }
        return (positional, named);
    }

    private object Value()
    {
        if (!Take('['))
            return Peek(char.IsLetter) ? Word() : Number();
        List<double> numbers = [];
        while (!Take(']'))
        {
            numbers.Add(Number());
            if (!Take(',') && !Peek(c => c == ']'))
                throw Wrong("a ] is missing");
        }
        return numbers;
    }

    private double Number()
    {
        SkipBlanks();
        var from = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || ".-+eE".Contains(_text[_at])))
            _at++;
        return double.TryParse(_text.AsSpan(from, _at - from), CultureInfo.InvariantCulture, out var number) ? number : throw Wrong($"a number is wanted at '{_text[from..]}'");
    }

    private string Word()
    {
        SkipBlanks();
        var from = _at;
        while (_at < _text.Length && char.IsLetterOrDigit(_text[_at]))
            _at++;
        return _at > from ? _text[from.._at] : throw Wrong($"a name is wanted at '{_text[from..]}'");
    }

    private bool Take(char wanted)
    {
        if (!Peek(c => c == wanted))
            return false;
        _at++;
        return true;
    }

    private bool Peek(Func<char, bool> wanted)
    {
        SkipBlanks();
        return _at < _text.Length && wanted(_text[_at]);
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private string Rest()
    {
        SkipBlanks();
        return _text[_at..];
    }

    private object Operator(string name, object left, object right) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static).SingleOrDefault(m => m.Name == name)?.Invoke(null, [left, right])
        ?? throw Wrong("they cannot be added or weighted");

    private FormatException Wrong(string why) =>
        new($"'{_text}' is no {type.Name}: {why}. Possible are {string.Join(", ", FactoryNames.Of(type).Select(f => f.Usage))}.");
}
