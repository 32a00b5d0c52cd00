using System.Buffers;

namespace Fovea.Data;

/// <summary>From the pixel values of a set's masks to the class indices a network is trained on, which may be another set's.</summary>
internal sealed class MaskTable
{
    private readonly MaskLookup _lookup;
    private readonly byte[] _classes;
    private readonly SearchValues<byte> _known;
    private readonly bool _isIdentity;
    private readonly IReadOnlyList<string>? _wanted;

    /// <param name="own">What the set's pixels mean.</param>
    /// <param name="classNames">The classes to find the set's own among; null to take its own.</param>
    public MaskTable(MaskClasses own, IReadOnlyList<string>? classNames)
    {
        _lookup = new MaskLookup(own);
        _classes = _lookup.Classes.ToArray();
        Names = own.Names;
        if (classNames is not null && !classNames.SequenceEqual(own.Names))
        {
            _wanted = classNames;
            var places = classNames.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
            for (var value = 0; value < _classes.Length; value++)
                if (_classes[value] < MaskLookup.Unknown)
                    _classes[value] = places.TryGetValue(own.Names[_classes[value]], out var place) ? (byte)place : MaskLookup.Unknown;
        }
        var known = Enumerable.Range(0, _classes.Length).Where(v => _classes[v] != MaskLookup.Unknown).Select(v => (byte)v).ToArray();
        _known = SearchValues.Create(known);
        _isIdentity = known.All(v => _classes[v] == v);
    }

    /// <summary>The names of the set's own classes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>For each pixel value its class; what decides of a cached mask.</summary>
    public ReadOnlySpan<byte> Classes => _classes;

    /// <summary>Replaces pixel values by classes, in place.</summary>
    /// <exception cref="InvalidDataException">A pixel has a value that is no class; file, pixel and value are named.</exception>
    public void ToClasses(IndexMask mask, string name)
    {
        var values = mask.Values;
        if (values.IndexOfAnyExcept(_known) is >= 0 and var i)
            throw Unknown(name, values[i], i % mask.Width, i / mask.Width);
        if (_isIdentity)
            return;
        foreach (ref var value in values)
            value = _classes[value];
    }

    private InvalidDataException Unknown(string name, byte value, int x, int y) =>
        _wanted is not null && _lookup.Classes[value] is < MaskLookup.Unknown and var k
            ? new InvalidDataException($"{name} has the value {value} at ({x}, {y}), which is the class '{Names[k]}', none of the {_wanted.Count} classes {string.Join(", ", _wanted.Take(20))}{(_wanted.Count > 20 ? ", ..." : "")}.")
            : _lookup.NoClass(name, value, x, y);
}
