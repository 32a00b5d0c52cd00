namespace Fovea.Reporting;

/// <summary>A column of a table.</summary>
/// <param name="Key">For machines, in camel case.</param>
/// <param name="Title">For people.</param>
internal sealed record TableColumn(string Key, string Title)
{
    /// <summary>Its values are shares of one, which a bar behind the number shows.</summary>
    public bool HasBar { get; init; }
}
