namespace Fovea;

/// <summary>How far an inspection is.</summary>
/// <param name="Split">The name of the view being read; empty where a single view is inspected.</param>
/// <param name="Rows">Rows of this view read so far.</param>
/// <param name="TotalRows">All rows of this view; null where the view does not know before it has been read.</param>
public sealed record InspectionProgress(string Split, long Rows, long? TotalRows);
