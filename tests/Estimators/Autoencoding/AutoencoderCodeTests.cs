using Fovea.Tests.Classification;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Autoencoding;

/// <summary>Codes, samples, lines and sheets of one trained model.</summary>
public sealed class AutoencoderCodeTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly Blobs _blobs = new(24);
    private readonly AutoencoderTransformer _model;
    private readonly MLImage[] _images;

    public AutoencoderCodeTests()
    {
        _model = _ml.Vision.Autoencoder(AutoencoderTrainerTests.Small with { Kind = AutoencoderKind.Variational, LatentSize = 2, Epochs = 8 }).Fit(_blobs.View);
        _images = [.. Enumerable.Range(0, 2).Select(k => Picture(Blobs.Paint(k, 16, 16, 1, new Random(k))))];
    }

    public void Dispose()
    {
        foreach (var image in _images)
            image.Dispose();
        _model.Dispose();
        _blobs.Dispose();
    }

    [Fact]
    public void Decode_OfEncode_IsTheReconstruction()
    {
        var file = Png.Encode(16, 16, 1, Blobs.Paint(0, 16, 16, 1, new Random(5)));
        using var blobs = new Blobs(2);
        blobs.Write("disc/000.png", file);
        using var image = MLImage.CreateFromStream(new MemoryStream(file));
        using var decoded = _model.Decode(_model.Encode(image));
        var view = _model.Transform(blobs.View);
        Assert.Equal(AutoencoderTrainerTests.Vectors(view, "Latent")[0], _model.Encode(image));
        Near(AutoencoderTrainerTests.Pictures(view, "Reconstruction")[0], decoded.Pixels.ToArray());
    }

    [Fact]
    public void Sample_SameSeed_GivesTheSame()
    {
        var (first, second, other) = (_model.Sample(3, seed: 5), _model.Sample(3, seed: 5), _model.Sample(3, seed: 6));
        Assert.Equal(first.Select(i => i.Pixels.ToArray()), second.Select(i => i.Pixels.ToArray()));
        Assert.NotEqual(first[0].Pixels.ToArray(), other[0].Pixels.ToArray());
        Assert.NotEqual(first[0].Pixels.ToArray(), first[1].Pixels.ToArray());
        foreach (var image in first.Concat(second).Concat(other))
            image.Dispose();
    }

    [Fact]
    public void Interpolate_Ends_AreTheReconstructions()
    {
        var line = _model.Interpolate(_images[0], _images[1], 5);
        Assert.Equal(5, line.Count);
        using var first = _model.Decode(_model.Encode(_images[0]));
        using var last = _model.Decode(_model.Encode(_images[1]));
        Near(first.Pixels.ToArray(), line[0].Pixels.ToArray());
        Near(last.Pixels.ToArray(), line[4].Pixels.ToArray());
        foreach (var image in line)
            image.Dispose();
    }

    [Fact]
    public void Decode_WrongLength_SaysBoth() =>
        Assert.Contains("has 2 numbers; the code 0 has 3", Assert.Throws<ArgumentException>(() => _model.Decode([1, 2, 3])).Message);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Decode_NotFinite_SaysWhich(float value) =>
        Assert.Contains("number 1 of the code 1", Assert.Throws<ArgumentException>(() => _model.Decode([[0, 0], [0, value]])).Message);

    [Fact]
    public void Sample_Compression_IsRefused()
    {
        using var model = _ml.Vision.Autoencoder(AutoencoderTrainerTests.Small with { Epochs = 1 }).Fit(_blobs.View);
        Assert.Contains("Compression", Assert.Throws<InvalidOperationException>(() => model.Sample(1)).Message);
        Assert.Contains("has 6", Assert.Throws<InvalidOperationException>(() => model.SaveLatentPlane(_blobs.File("plane.png"))).Message);
    }

    [Fact]
    public void Sheets_AreWritten()
    {
        _model.SaveSampleSheet(_blobs.File("samples.png"), 10);
        _model.SaveInterpolationSheet(_blobs.File("lines.png"), [(_images[0], _images[1])], 4);
        _model.SaveLatentPlane(_blobs.File("plane.png"), 5);
        var metrics = _ml.Vision.SaveReconstructionSheet(_model.Transform(_blobs.View), _blobs.File("sheet.png"), new() { Images = 7, Columns = 5, Evaluation = new() { Channels = ImageChannels.Grey } });
        Assert.Equal(24, metrics.Rows);
        foreach (var name in new[] { "samples", "lines", "plane", "sheet" })
            Assert.Equal([137, 80, 78, 71], File.ReadAllBytes(_blobs.File($"{name}.png"))[..4]);
        _model.SaveLatentPlane(_blobs.File("plane.svg"), 5);
        Assert.Equal(5 * 5, System.Xml.Linq.XDocument.Load(_blobs.File("plane.svg")).Descendants().Count(e => e.Name.LocalName == "image"));
        Assert.Throws<ArgumentException>(() => _model.SaveSampleSheet(_blobs.File("samples.jpg")));
    }

    [Fact]
    public void With_ImportanceSamples_AddsTheBound()
    {
        using var weighted = _model.With(importanceSamples: 8);
        Assert.Equal(24, AutoencoderTrainerTests.Numbers(weighted.Transform(_blobs.View), "ImportanceWeightedBound").Length);
        Assert.Throws<ArgumentException>(() => _model.With(importanceSamples: -1));
        Assert.Throws<ArgumentException>(() => _model.With(InputNoise.Masking(1)));
    }

    private static MLImage Picture(byte[] grey) =>
        MLImage.CreateFromPixels(16, 16, MLPixelFormat.Rgba32, [.. grey.SelectMany(v => new byte[] { v, v, v, 255 })]);

    // A batch of another size may round another way.
    private static void Near(byte[] expected, byte[] actual) =>
        Assert.All(expected.Zip(actual), p => Assert.InRange(p.First - p.Second, -1, 1));
}
