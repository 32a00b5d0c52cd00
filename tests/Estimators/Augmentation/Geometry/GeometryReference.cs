using System.Text.Json;

namespace Fovea.Tests.Augmenting;

/// <summary>What Pillow and torchvision made of one small image; <c>tests/Reference/estimators/geometry.py</c>.</summary>
internal static class GeometryReference
{
    public static JsonElement All { get; } = JsonDocument.Parse(File.ReadAllBytes(TestData.Reference("estimators/geometry.json"))).RootElement;

    public static int Width => Number("width");

    public static int Height => Number("height");

    /// <summary>The color beside the image: of grey, of RGB.</summary>
    public static EdgeFill Fill(int channels) => channels == 1 ? EdgeFill.Color(77, 77, 77) : EdgeFill.Color(10, 200, 90);

    public static JsonElement Get(string name) => All.GetProperty(name);

    public static Sample Sample(int channels) => Drawn.Of(Height, Width, channels, Pixels(All, channels), Mask(All));

    public static byte[] Pixels(JsonElement of, int channels) => Convert.FromHexString(of.GetProperty(channels == 1 ? "grey" : "rgb").GetString()!);

    public static byte[] Mask(JsonElement of) => Convert.FromHexString(of.GetProperty("mask").GetString()!);

    public static double[] Numbers(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];

    private static int Number(string name) => All.GetProperty(name).GetInt32();
}
