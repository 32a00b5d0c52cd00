namespace Fovea.Reporting;

/// <summary>One figure.</summary>
internal interface IChart
{
    /// <summary>Its heading.</summary>
    string Title { get; }

    /// <summary>What it shows in words, for who cannot see it.</summary>
    string Description { get; }

    /// <summary>Draws it.</summary>
    /// <param name="width">In pixels. A figure that needs more takes more.</param>
    ChartDrawing Draw(double width);
}
