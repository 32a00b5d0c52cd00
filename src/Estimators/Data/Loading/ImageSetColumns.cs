namespace Fovea.Data;

/// <summary>Which columns of a view an <see cref="ImageSet"/> reads. At most one of labels, masks and boxes: each has classes of its own.</summary>
/// <param name="Image">A column that <see cref="ImageColumn"/> accepts.</param>
internal sealed record ImageSetColumns(string Image)
{
    /// <summary>A key or text column; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>A column of index masks that <see cref="MaskColumn"/> accepts and that names its classes; null for none.</summary>
    public string? Mask { get; init; }

    /// <summary>A column of boxes as <see cref="BoxColumns"/> has them; null for none.</summary>
    public string? Boxes { get; init; }

    /// <summary>The boxes' labels.</summary>
    public string BoxLabels { get; init; } = BoxColumns.Labels;

    /// <summary>A column of proposals that <see cref="ProposalReader"/> reads, beside boxes only; null for none.</summary>
    public string? Proposals { get; init; }

    public IEnumerable<string> Problems()
    {
        var given = new[] { Label, Mask, Boxes }.Count(c => c is not null);
        if (given > 1)
            yield return $"A set of images reads at most one of labels, masks and boxes, but {given} columns are given: {string.Join(", ", new[] { Label, Mask, Boxes }.OfType<string>())}.";
    }
}
