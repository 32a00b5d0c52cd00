namespace Fovea;

/// <summary>What the pixels of index masks mean: <c>new MaskClasses("background", "cell") { Values = [0, 255] }</c>.</summary>
public sealed record MaskClasses
{
    /// <summary>The most classes that 8-bit masks can tell apart here; two values stand for ignored and for unknown pixels.</summary>
    public const int Most = 254;

    /// <summary>Classes by their names.</summary>
    /// <param name="names">The names of classes 0 .. K-1, each its own; 1 to <see cref="Most"/>.</param>
    /// <exception cref="ArgumentNullException">There is no list.</exception>
    public MaskClasses(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = [.. names];
    }

    /// <summary>The names of classes 0 .. K-1.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The pixel value in [0, 255], as the file has it, that counts nowhere: neither in a loss nor in a metric. Default none.</summary>
    public int? IgnoreIndex { get; init; }

    /// <summary>
    /// The pixel value of each class, as the file has it, where that is not the class index itself: <c>[0, 255]</c> for black
    /// and white masks of two classes. Default null: pixels are class indices.
    /// </summary>
    public IReadOnlyList<byte>? Values { get; init; }

    /// <summary>Every violated bound, with the value wanted and the value got.</summary>
    public IEnumerable<string> Problems()
    {
        if (Names.Count is < 1 or > Most)
            yield return $"{nameof(Names)} must be 1 to {Most} class names; they are {Names.Count}";
        for (var i = 0; i < Names.Count; i++)
            if (string.IsNullOrWhiteSpace(Names[i]))
                yield return $"{nameof(Names)} must not be empty; that of class {i} is";
        foreach (var twice in Names.GroupBy(n => n).Where(g => g.Count() > 1))
            yield return $"{nameof(Names)} must differ from each other; '{twice.Key}' is there {twice.Count()} times";
        if (IgnoreIndex is < 0 or > 255)
            yield return $"{nameof(IgnoreIndex)} must be a pixel value in [0, 255]; it is {IgnoreIndex}";
        if (Values is null)
            yield break;
        if (Values.Count != Names.Count)
            yield return $"{nameof(Values)} must be one pixel value for each of the {Names.Count} classes; they are {Values.Count}";
        foreach (var twice in Values.GroupBy(v => v).Where(g => g.Count() > 1))
            yield return $"{nameof(Values)} must differ from each other; {twice.Key} is there {twice.Count()} times";
    }

    /// <summary>Lists compare by reference; two descriptions are the same when their names and numbers are.</summary>
    /// <param name="other">The other description.</param>
    public bool Equals(MaskClasses? other) =>
        other is not null && Names.SequenceEqual(other.Names) && IgnoreIndex == other.IgnoreIndex
        && (Values is null ? other.Values is null : other.Values is not null && Values.SequenceEqual(other.Values));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Names.Count, Names.FirstOrDefault(), IgnoreIndex, Values?.Count);

    internal void ThrowIfUnusable(string parameter)
    {
        Problems().ThrowIfAny("The mask classes", parameter);
    }
}
