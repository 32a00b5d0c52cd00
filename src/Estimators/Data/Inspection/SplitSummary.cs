namespace Fovea;

/// <summary>One of the views that were inspected.</summary>
/// <param name="Name">Its name; empty where it is the only one.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Unreadable">Rows whose image could not be read.</param>
/// <param name="Labels">The classes of its labels; null where it has no labels.</param>
/// <param name="Objects">The classes of its boxes; null where it has no boxes.</param>
/// <param name="Masks">The classes of its masks' pixels; null where it has no masks.</param>
public sealed record SplitSummary(string Name, long Rows, long Unreadable, ClassDistribution? Labels, ClassDistribution? Objects, ClassDistribution? Masks);
