using System.Text.Json;
using Fovea.Native;

namespace Fovea.Tests.Native;

/// <summary>A file of tests/Reference/native/images.json with the pixels Pillow reads from it.</summary>
internal sealed record ReferenceImage(byte[] File, IReadOnlyList<ReferenceImage.Case> Cases)
{
    internal static Dictionary<string, ReferenceImage> Load()
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(TestData.Reference("native/images.json")));
        return document.RootElement.EnumerateArray().ToDictionary(
            e => e.GetProperty("name").GetString()!,
            e => new ReferenceImage(e.GetProperty("file").GetBytesFromBase64(), [.. e.GetProperty("cases").EnumerateArray().Select(Read)]));
    }

    private static Case Read(JsonElement e) => new(
        new ImageRequest
        {
            Channels = (PixelChannels)e.GetProperty("channels").GetInt32(),
            Orient = e.GetProperty("orient").GetBoolean(),
            RawIndex = e.TryGetProperty("raw", out _),
            MinWidth = e.TryGetProperty("min", out var min) ? min[0].GetInt32() : 0,
            MinHeight = e.TryGetProperty("min", out min) ? min[1].GetInt32() : 0,
        },
        e.GetProperty("width").GetInt32(),
        e.GetProperty("height").GetInt32(),
        e.GetProperty("pixels").GetBytesFromBase64());

    internal sealed record Case(ImageRequest Request, int Width, int Height, byte[] Pixels);
}
