namespace Fovea.Reporting;

/// <summary>Pictures that belong together, as an image and what was made of it.</summary>
/// <param name="Name">Of the file or the row; "" for none.</param>
/// <param name="Pictures">From left to right.</param>
internal sealed record PictureGroup(string Name, IReadOnlyList<ReportPicture> Pictures)
{
    /// <summary>What is to be said of them.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];
}
