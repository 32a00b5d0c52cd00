namespace Fovea.Data;

/// <summary>From a mask's pixel values to class indices, by a table of 256 entries.</summary>
internal sealed class MaskLookup
{
    /// <summary>The entry of values that count nowhere.</summary>
    public const byte Ignored = 255;

    /// <summary>The entry of values that are no class.</summary>
    public const byte Unknown = 254;

    private readonly byte[] _classes = new byte[256];
    private readonly MaskClasses _description;

    /// <param name="classes">Checked.</param>
    public MaskLookup(MaskClasses classes)
    {
        _description = classes;
        Array.Fill(_classes, Unknown);
        for (var k = 0; k < classes.Names.Count; k++)
            _classes[RawValue(classes, k)] = (byte)k;
        // Also where the value is a class's own: a set may name its unlabelled class.
        if (classes.IgnoreIndex is { } ignored)
            _classes[ignored] = Ignored;
    }

    /// <summary>K.</summary>
    public int Count => _description.Names.Count;

    /// <summary>For each pixel value its class in [0, K), <see cref="Ignored"/> or <see cref="Unknown"/>.</summary>
    public ReadOnlySpan<byte> Classes => _classes;

    /// <summary>The pixel value of class <paramref name="k"/>: what a mask that is written for it holds.</summary>
    public static byte RawValue(MaskClasses classes, int k) => classes.Values is { } values ? values[k] : (byte)k;

    /// <summary>Replaces pixel values by classes, in place.</summary>
    /// <param name="pixels">Any number of pixels, uint8.</param>
    /// <returns>Where the first pixel of an unknown value is; -1 where every value is known.</returns>
    public int Apply(Span<byte> pixels)
    {
        var unknown = -1;
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = _classes[pixels[i]];
            if (pixels[i] == Unknown && unknown < 0)
                unknown = i;
        }
        return unknown;
    }

    /// <summary>What to say of a mask with a value that is no class.</summary>
    /// <param name="name">What the mask is called.</param>
    /// <param name="value">The value.</param>
    /// <param name="x">Column of the first such pixel.</param>
    /// <param name="y">Row of the first such pixel.</param>
    public InvalidDataException NoClass(string name, byte value, int x, int y)
    {
        var known = _description.Values is { } values ? $"the values {string.Join(", ", values.Take(20))}{(values.Count > 20 ? ", ..." : "")}" : Count == 1 ? "the value 0" : $"the values 0 to {Count - 1}";
        var ignored = _description.IgnoreIndex is { } index ? $", or {index} for pixels that do not count" : "";
        return new InvalidDataException($"{name} has the value {value} at ({x}, {y}); its {Count} classes have {known}{ignored}. Name more classes, give the value to ignore, or give each class's value.");
    }
}
