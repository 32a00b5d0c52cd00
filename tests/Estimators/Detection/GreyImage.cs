using System.Text;

namespace Fovea.Tests.Detection;

internal static class GreyImage
{
    /// <summary>A file of one grey.</summary>
    public static string WriteGrey(this TempFolder folder, string name, int width, int height, byte grey) =>
        folder.Write(name, [.. Encoding.ASCII.GetBytes($"P5 {width} {height} 255\n"), .. Enumerable.Repeat(grey, width * height)]);
}
