using Fovea.Data;
using Fovea.Storage;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Data;

/// <summary>The images of tests/Reference/data/normalization.py with what numpy makes of them; and sets made of pixels.</summary>
internal sealed class ReferenceImages : IDisposable
{
    private readonly Dictionary<string, Tensor> _all = SafetensorsFile.Read(TestData.Reference("data/normalization.safetensors"));
    private readonly string _set;

    /// <param name="set">"rgb" or "grey".</param>
    public ReferenceImages(string set)
    {
        _set = set;
        Images = this["images"].to(ScalarType.Byte).DetachFromDisposeScope();
        Input = ImageInput.Create((int)Images.size(2), (int)Images.size(3), (int)Images.size(1));
    }

    /// <summary>(N, C, H, W), uint8.</summary>
    public Tensor Images { get; }

    public ImageInput Input { get; }

    public Tensor this[string name] => _all[$"{_set}/{name}"];

    public double[] Numbers(string name) => this[name].data<double>().ToArray();

    public ImageSet Set() => SetOf(Images, Input);

    /// <summary>A set of PNM files in memory.</summary>
    /// <param name="images">(N, C, H, W), uint8.</param>
    /// <param name="input">Of their size.</param>
    public static ImageSet SetOf(Tensor images, ImageInput input)
    {
        using var scope = NewDisposeScope();
        var header = System.Text.Encoding.ASCII.GetBytes($"{(input.Channels == 3 ? "P6" : "P5")} {input.Width} {input.Height} 255\n");
        var pixels = images.permute(0, 2, 3, 1).contiguous().bytes.ToArray();
        var rows = pixels.Chunk(input.SampleBytes).Select((p, i) => new Samples.BytesRow { Image = [.. header, .. p], Label = $"{i % 2}" }).ToList();
        return ImageSet.Open(new MLContext().Data.LoadFromEnumerable(rows), "Image", "Label", input);
    }

    public void Dispose()
    {
        Images.Dispose();
        foreach (var tensor in _all.Values)
            tensor.Dispose();
    }
}
