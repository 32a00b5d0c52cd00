using System.Security.Cryptography;

namespace Fovea.Data;

/// <summary>Looks at masks and counts their pixels. Holds buffers: one for each thread.</summary>
internal sealed class MaskChecks(MaskClasses? classes)
{
    private readonly IndexMaskReader _reader = new();
    private readonly IndexMask _mask = new();
    private readonly MaskLookup? _lookup = classes is null ? null : new MaskLookup(classes);

    /// <summary>Pixels of each class, of the masks this thread has seen.</summary>
    public ClassTally Pixels { get; } = new();

    /// <param name="raw">The mask.</param>
    /// <param name="row">Its row.</param>
    /// <param name="width">Columns of the upright image; 0 where they are not known.</param>
    /// <param name="height">Rows of the upright image; 0 where they are not known.</param>
    /// <param name="findings">Gets what is wrong.</param>
    /// <returns>A fingerprint of its pixels; null where it could not be read.</returns>
    public ulong? Run(RawImage raw, long row, int width, int height, List<DatasetFinding> findings)
    {
        try
        {
            _reader.Read(raw, _mask);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            findings.Add(new(FindingKind.UnreadableMask, FindingSeverity.Error, e.Message) { File = raw.Path });
            return null;
        }
        var values = _mask.Values;
        if (width > 0 && (_mask.Width, _mask.Height) != (width, height))
            findings.Add(new(FindingKind.MaskSizeMismatch, FindingSeverity.Error, $"The mask has {_mask.Width} x {_mask.Height} pixels, its image {width} x {height}. Make a mask of the image's size.") { File = raw.Path });
        Span<long> counts = stackalloc long[256];
        counts.Clear();
        foreach (var value in values)
            counts[value]++;
        Count(counts, row);
        if (_lookup is not null)
            Judge(counts, values, raw, findings);
        return BitConverter.ToUInt64(SHA256.HashData(values)) ^ (ulong)_mask.Width;
    }

    private void Count(ReadOnlySpan<long> counts, long row)
    {
        for (var value = 0; value < 256; value++)
            if (counts[value] > 0)
                Pixels.Add(_lookup is null ? value : _lookup.Classes[value] is var k && k is MaskLookup.Ignored or MaskLookup.Unknown ? -1 : k, row, counts[value]);
    }

    private void Judge(ReadOnlySpan<long> counts, ReadOnlySpan<byte> values, RawImage raw, List<DatasetFinding> findings)
    {
        var unknown = new List<int>();
        long marked = 0, ignored = 0;
        for (var value = 0; value < 256; value++)
        {
            if (counts[value] == 0)
                continue;
            var k = _lookup!.Classes[value];
            if (k == MaskLookup.Unknown)
                unknown.Add(value);
            else if (k == MaskLookup.Ignored)
                ignored += counts[value];
            else if (k > 0 || _lookup.Count == 1)
                marked += counts[value];
        }
        if (unknown.Count > 0)
        {
            var first = values.IndexOf((byte)unknown[0]);
            var pixels = 0L;
            foreach (var value in unknown)
                pixels += counts[value];
            var shown = (unknown.Count == 1 ? "value " : "values ") + string.Join(", ", unknown.Take(10)) + (unknown.Count > 10 ? ", ..." : "");
            findings.Add(new(FindingKind.UnknownMaskValue, FindingSeverity.Error,
                $"{_lookup!.NoClass("The mask", (byte)unknown[0], first % _mask.Width, first / _mask.Width).Message} Of its {values.Length} pixels {pixels} have no class: {shown}.") { File = raw.Path });
        }
        else if (ignored == values.Length)
            findings.Add(new(FindingKind.EmptyMask, FindingSeverity.Warning, "Every pixel of the mask is ignored: nothing can be learned from it.") { File = raw.Path });
        else if (marked == 0)
            findings.Add(new(FindingKind.EmptyMask, FindingSeverity.Note, $"The mask marks nothing: every pixel that counts is of class 0 '{classes!.Names[0]}'.") { File = raw.Path });
    }
}
