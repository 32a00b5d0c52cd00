namespace Fovea.Reporting;

/// <summary>A picture of a report.</summary>
/// <param name="Label">Below it; "" for nothing.</param>
/// <param name="Words">What it shows, for who cannot see it.</param>
/// <param name="Canvas">As large as it may be shown.</param>
internal sealed record ReportPicture(string Label, string Words, Canvas Canvas)
{
    /// <summary>Many pictures in one, which is not to be shrunk to a thumbnail's size.</summary>
    public bool IsSheet { get; init; }
}
