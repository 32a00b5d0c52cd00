namespace Fovea;

/// <summary>One thing that <c>ml.Vision.Data.Inspect</c> found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found and what to do, in a sentence.</param>
public sealed record DatasetFinding(FindingKind Kind, FindingSeverity Severity, string Message)
{
    /// <summary>The name of the view; empty where a single view was inspected.</summary>
    public string Split { get; init; } = "";

    /// <summary>The row's position in its view, from 0; null for what concerns no single row (a class).</summary>
    public long? Row { get; init; }

    /// <summary>The path of the image, or of the mask for what concerns the mask; null where the view holds images and not paths.</summary>
    public string? File { get; init; }

    /// <summary>The position of the object in its row, from 0, for what concerns a box; else null.</summary>
    public int? Object { get; init; }

    /// <summary>The name of the class, for what concerns a class; else null.</summary>
    public string? ClassName { get; init; }

    /// <summary>For a duplicate the name of the view that has the other image, else null.</summary>
    public string? OtherSplit { get; init; }

    /// <summary>For a duplicate the row of the other image in its view, else null.</summary>
    public long? OtherRow { get; init; }

    /// <summary>For a duplicate the path of the other image, where there is one; else null.</summary>
    public string? OtherFile { get; init; }

    /// <summary>For a near duplicate the bits in which the two perceptual hashes differ, of 255; 0 for equal pixels; else null.</summary>
    public int? Distance { get; init; }
}
