namespace Fovea;

/// <summary>How much of a data set is of a class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">Rows, objects or pixels of it; what, says <see cref="ClassDistribution.Unit"/>.</param>
/// <param name="Images">Images that have any of it.</param>
/// <param name="Share">Of all that have a class, 0 to 1.</param>
public sealed record ClassCount(string Name, long Count, long Images, double Share);
