using Fovea.Reporting;

namespace Fovea.Detection.Drawing;

/// <summary>An image with its boxes.</summary>
/// <param name="Name">What a caption calls it.</param>
/// <param name="Judged">What was found.</param>
/// <param name="Truth">The image with its objects.</param>
/// <param name="Prediction">The image with what was predicted.</param>
internal sealed record DrawnImage(string Name, JudgedImage Judged, SheetTile Truth, SheetTile Prediction);
