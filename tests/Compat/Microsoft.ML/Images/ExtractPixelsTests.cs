using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator;

namespace Fovea.Tests.Compat.Images;

public sealed class ExtractPixelsTests
{
    // 2 x 3 pixels (width x height): blue 10 i, green 10 i + 1, red 10 i + 2, alpha 255.
    private static readonly float[] s_blue = [0, 10, 20, 30, 40, 50];
    private static readonly float[] s_green = [1, 11, 21, 31, 41, 51];
    private static readonly float[] s_red = [2, 12, 22, 32, 42, 52];
    private static readonly float[] s_alpha = [255, 255, 255, 255, 255, 255];

    private readonly MLContext ml = new(1);

    [Fact]
    public void Default_IsPlanesOfRedGreenBlue()
    {
        var pixels = Extracted(ml.Transforms.ExtractPixels("Out", "Image"));

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3, 3, 2), pixels.Schema["Out"].Type);
        Assert.Equal([.. s_red, .. s_green, .. s_blue], pixels.Values<float[]>("Out").Single());
    }

    [Theory]
    [InlineData(ColorsOrder.ARGB, "ARGB")]
    [InlineData(ColorsOrder.ARBG, "ARBG")]
    [InlineData(ColorsOrder.ABRG, "ABRG")]
    [InlineData(ColorsOrder.ABGR, "ABGR")]
    [InlineData(ColorsOrder.AGRB, "AGRB")]
    [InlineData(ColorsOrder.AGBR, "AGBR")]
    public void Order_OfPlanesAndInterleaved_IsAsNamed(ColorsOrder order, string letters)
    {
        float[][] planes = [.. letters.Select(Plane)];
        var planar = Extracted(ml.Transforms.ExtractPixels("Out", "Image", ColorBits.All, order));
        var interleaved = Extracted(ml.Transforms.ExtractPixels("Out", "Image", ColorBits.All, order, interleavePixelColors: true));

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 4, 3, 2), planar.Schema["Out"].Type);
        Assert.Equal(planes.SelectMany(plane => plane), planar.Values<float[]>("Out").Single());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3, 2, 4), interleaved.Schema["Out"].Type);
        Assert.Equal(Enumerable.Range(0, 6).SelectMany(i => planes.Select(plane => plane[i])), interleaved.Values<float[]>("Out").Single());
    }

    [Theory]
    [InlineData(ColorBits.Alpha, "A")]
    [InlineData(ColorBits.Green, "G")]
    [InlineData(ColorBits.Red | ColorBits.Blue, "RB")]
    [InlineData(ColorBits.Alpha | ColorBits.Green, "AG")]
    public void Colors_Chosen_AreTheOnlyOnes(ColorBits colors, string letters) =>
        Assert.Equal(letters.SelectMany(Plane), Extracted(ml.Transforms.ExtractPixels("Out", "Image", colors)).Values<float[]>("Out").Single());

    [Fact]
    public void OffsetAndScale_AreTakenOffAndMultiplied()
    {
        var pixels = Extracted(ml.Transforms.ExtractPixels("Out", "Image", ColorBits.Blue, offsetImage: 4, scaleImage: 0.5f));

        Assert.Equal(s_blue.Select(value => (value - 4) * 0.5f), pixels.Values<float[]>("Out").Single());
    }

    [Fact]
    public void Bytes_IgnoreOffsetAndScale()
    {
        var pixels = Extracted(ml.Transforms.ExtractPixels("Out", "Image", offsetImage: 4, scaleImage: 0.5f, outputAsFloatArray: false));

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Byte, 3, 3, 2), pixels.Schema["Out"].Type);
        Assert.Equal(((float[])[.. s_red, .. s_green, .. s_blue]).Select(value => (byte)value), pixels.Values<byte[]>("Out").Single());
    }

    [Fact]
    public void RgbaImage_HasItsColors()
    {
        byte[] rgba = [.. Enumerable.Range(0, 6).SelectMany(_ => (byte[])[200, 100, 50, 255])];
        var input = ml.Data.LoadFromEnumerable(new TestImages.Tall[] { new() { Image = MLImage.CreateFromPixels(2, 3, MLPixelFormat.Rgba32, rgba) } });
        var pixels = ml.Transforms.ExtractPixels("Image", interleavePixelColors: true).Fit(input).Transform(input).Values<float[]>("Image").Single();

        Assert.Equal([200, 100, 50], pixels[..3]);
    }

    [Fact]
    public void MissingImage_IsZeros()
    {
        var pixels = Extracted(ml.Transforms.ExtractPixels("Out", "Image", offsetImage: 4), image: null!);

        Assert.Equal(new float[18], pixels.Values<float[]>("Out").Single());
    }

    [Fact]
    public void Image_OfAnotherSizeThanItsType_Throws()
    {
        var pixels = Extracted(ml.Transforms.ExtractPixels("Out", "Image"), TestImages.Counting(3, 2));

        Assert.ThrowsAny<InvalidOperationException>(() => pixels.Values<float[]>("Out"));
    }

    [Fact]
    public void Arguments_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ExtractPixels("Out", "Image", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ExtractPixels("Out", "Image", scaleImage: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ExtractPixels("Out", "Image", scaleImage: float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ExtractPixels("Out", "Image", offsetImage: float.PositiveInfinity));
    }

    [Fact]
    public void Fit_ImagesOfAnySize_Throws()
    {
        var files = ml.Data.LoadFromEnumerable(new TestImages.File[] { new() });
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            ml.Transforms.LoadImages("Image", null!, "Path").Append(ml.Transforms.ExtractPixels("Out", "Image")).Fit(files).Transform(files));

        Assert.Contains("expected known-size image, got unknown-size image", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ExtractPixels("Out", "Path").Fit(files));
    }

    [Fact]
    public void SavedAndLoaded_Model_ExtractsTheSame()
    {
        var input = ml.LoadRow(() => new TestImages.Tall { Image = TestImages.Counting(2, 3) });
        var model = ml.Transforms.ExtractPixels("Out", "Image", ColorBits.All, ColorsOrder.ABGR, true, 3, 2)
            .Append(ml.Transforms.ExtractPixels("Bytes", "Image", ColorBits.Green, outputAsFloatArray: false)).Fit(input);
        IDataView expected = model.Transform(input), loaded = model.SavedAndLoaded(input).Transform(input);

        Assert.Equal(expected.Schema["Out"].Type, loaded.Schema["Out"].Type);
        Assert.Equal(expected.Values<float[]>("Out"), loaded.Values<float[]>("Out"));
        Assert.Equal(expected.Values<byte[]>("Bytes"), loaded.Values<byte[]>("Bytes"));
    }

    private static float[] Plane(char letter) => letter switch { 'A' => s_alpha, 'R' => s_red, 'G' => s_green, _ => s_blue };

    private IDataView Extracted(IEstimator<ITransformer> estimator) => Extracted(estimator, TestImages.Counting(2, 3));

    private IDataView Extracted(IEstimator<ITransformer> estimator, MLImage image)
    {
        var input = ml.Data.LoadFromEnumerable(new TestImages.Tall[] { new() { Image = image } });
        return estimator.Fit(input).Transform(input);
    }
}
