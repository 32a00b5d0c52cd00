using System.Globalization;

namespace Fovea.Storage;

/// <summary>Columns between the transformers of an <see cref="MLNetModel"/>, and how numbers pass through them.</summary>
internal static class MLNetColumns
{
    /// <summary>Int32, always 0.</summary>
    public const string Key = "Fovea.Key";

    /// <summary>Text: the model file in base64.</summary>
    public const string State = "Fovea.State";

    /// <summary>The image, whatever its column is called.</summary>
    public const string Image = "Fovea.Image";

    /// <summary>Int32 vector: where each packed number begins.</summary>
    public const string Places = "Fovea.Places";

    /// <summary>Characters of a packed number; the longest is -1.7976931348623157E+308.</summary>
    public const int NumberLength = 24;

    /// <summary>
    /// Numbers as one text, because vectors that a mapping makes lose their size when they are loaded. They are written as
    /// doubles: ML.NET's reading of 17 digits may be off by some units of the last, which rounding to float removes.
    /// </summary>
    public static ReadOnlyMemory<char> Pack(ReadOnlySpan<float> numbers)
    {
        var text = new char[numbers.Length * NumberLength];
        text.AsSpan().Fill(' ');
        for (var i = 0; i < numbers.Length; i++)
            ((double)numbers[i]).TryFormat(text.AsSpan(i * NumberLength, NumberLength), out _, "R", CultureInfo.InvariantCulture);
        return text;
    }
}
