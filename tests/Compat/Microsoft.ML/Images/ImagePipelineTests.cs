using Fovea.Tests.Compat.Text;
using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.Transforms.Image.ImageResizingEstimator;

namespace Fovea.Tests.Compat.Images;

/// <summary>From files to pixels, as a classifier's pipeline does it.</summary>
public sealed class ImagePipelineTests : IDisposable
{
    // Enough rows for several threads.
    private const int Count = 100;

    private readonly MLContext ml = new(1);
    private readonly TemporaryFolder folder = new();
    private readonly IDataView files;
    private readonly IEstimator<ITransformer> pipeline;

    public ImagePipelineTests()
    {
        for (int i = 0; i < Count; i++)
            folder.WriteImage($"{i}.png", TestImages.Plain(8 + i % 5, 8, blue: i, green: 2 * i, red: 0));
        files = ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(i => new TestImages.File { Path = $"{i}.png" }));
        pipeline = ml.Transforms.LoadImages("Image", folder.Path, "Path")
            .Append(ml.Transforms.ResizeImages("Image", 4, 2, resizing: ResizingKind.Fill))
            .Append(ml.Transforms.ExtractPixels("Pixels", "Image", scaleImage: 0.5f));
    }

    public sealed class Prediction
    {
        [ColumnName("Pixels")] public float[] Values { get; set; } = [];
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Transform_Files_GivesPixelsInOrder()
    {
        var transformed = pipeline.Fit(files).Transform(files);

        Assert.Equal(Enumerable.Range(0, Count).Select(Expected), transformed.Values<float[]>("Pixels"));
    }

    [Fact]
    public void Transform_ImagesAndPixels_AreOfTheSameRow()
    {
        var transformed = pipeline.Fit(files).Transform(files);
        using var cursor = transformed.GetRowCursor(transformed.Schema);
        var getImage = cursor.GetGetter<MLImage>(transformed.Schema["Image"]);
        var getPixels = cursor.GetGetter<VBuffer<float>>(transformed.Schema["Pixels"]);
        MLImage image = null!;
        VBuffer<float> pixels = default;
        for (int i = 0; cursor.MoveNext(); i++)
        {
            getImage(ref image);
            getPixels(ref pixels);
            Assert.Equal((4, 2, i), (image.Width, image.Height, image.Pixels[0]));
            Assert.Equal(Expected(i), pixels.DenseValues());
        }
    }

    [Fact]
    public void SavedAndLoaded_Pipeline_GivesTheSame()
    {
        var loaded = pipeline.Fit(files).SavedAndLoaded(files);

        Assert.Equal(Enumerable.Range(0, Count).Select(Expected), loaded.Transform(files).Values<float[]>("Pixels"));
    }

    [Fact]
    public void Predict_OneFile_GivesItsPixels()
    {
        using var engine = ml.Model.CreatePredictionEngine<TestImages.File, Prediction>(pipeline.Fit(files));

        Assert.Equal(Expected(7), engine.Predict(new() { Path = "7.png" }).Values);
        Assert.Equal(Expected(9), engine.Predict(new() { Path = "9.png" }).Values);
        Assert.Equal(Expected(7), engine.Predict(new() { Path = "7.png" }).Values);
    }

    [Fact]
    public void Cache_OfPixels_GivesTheSame()
    {
        var cached = ml.Data.Cache(pipeline.Fit(files).Transform(files), "Pixels");

        Assert.Equal(cached.Values<float[]>("Pixels"), cached.Values<float[]>("Pixels"));
        Assert.Equal(Expected(3), cached.Values<float[]>("Pixels")[3]);
    }

    // (3, 2, 4): red, green and blue planes, halved.
    private static float[] Expected(int i) => [.. Enumerable.Repeat(0f, 8), .. Enumerable.Repeat((float)i, 8), .. Enumerable.Repeat(0.5f * i, 8)];
}
