using System.Xml.Linq;

namespace Fovea.Reporting;

/// <summary>A figure's elements, and the size they need in pixels.</summary>
internal sealed record ChartDrawing(XElement Content, double Width, double Height);
