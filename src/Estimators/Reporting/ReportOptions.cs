namespace Fovea;

/// <summary>What a <see cref="TrainingReport"/> shows.</summary>
public sealed record ReportOptions
{
    /// <summary>The heading. Null, the default: the task and the network.</summary>
    public string? Title { get; init; }

    /// <summary>The data in words ("26 letters of 149 fonts"), for whoever reads the report. Null, the default: its rows and classes alone.</summary>
    public string? DataSet { get; init; }

    /// <summary>Images in each strip of pictures (the worst, the most confident mistakes, ...), 0 to 200. Default 12.</summary>
    public int Pictures { get; init; } = 12;

    /// <summary>The longer side of a thumbnail, 32 to 1024 pixels; smaller images are enlarged by the viewer. Default 224.</summary>
    public int PictureSize { get; init; } = 224;

    /// <summary>
    /// What the HTML file may hold, at least 100,000 bytes. Thumbnails get smaller and then fewer until it fits, which the report says;
    /// tables and figures, which are of limited size by themselves, stay. Default 3,000,000.
    /// </summary>
    public int MaximumBytes { get; init; } = 3_000_000;

    /// <summary>Every violated bound, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Title is not null && string.IsNullOrWhiteSpace(Title))
            yield return $"{nameof(Title)} must not be blank; leave it out for the usual one";
        if (Pictures is < 0 or > 200)
            yield return $"{nameof(Pictures)} must be 0 to 200; it is {Pictures}";
        if (PictureSize is < 32 or > 1024)
            yield return $"{nameof(PictureSize)} must be 32 to 1024 pixels; it is {PictureSize}";
        if (MaximumBytes < 100_000)
            yield return $"{nameof(MaximumBytes)} must be at least 100000; it is {MaximumBytes}";
    }

    internal void ThrowIfUnusable(string argument)
    {
        Problems().ThrowIfAny(nameof(ReportOptions), argument);
    }
}
