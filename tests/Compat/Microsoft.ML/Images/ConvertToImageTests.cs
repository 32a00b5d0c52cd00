using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using static Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator;

namespace Fovea.Tests.Compat.Images;

public sealed class ConvertToImageTests
{
    private readonly MLContext ml = new(1);

    public sealed class Row
    {
        [VectorType(12)] public float[] Single = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
        [VectorType(12)] public double[] Double = [.. Enumerable.Range(0, 12).Select(i => (double)i)];
        [VectorType(12)] public byte[] Byte = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
        [VectorType(4)] public float[] Plane = [1, 2, 3, 4];
        [VectorType(12)] public int[] Int32 = new int[12];
        public float[] Unsized = new float[12];
    }

    [Theory]
    [InlineData("Single")]
    [InlineData("Double")]
    [InlineData("Byte")]
    public void Planes_OfAnyNumbers_BecomeColors(string column)
    {
        using var image = Converted(ml.Transforms.ConvertToImage(2, 2, "Out", column));

        Assert.Equal((2, 2, MLPixelFormat.Bgra32), (image.Width, image.Height, image.PixelFormat));
        Assert.Equal([8, 9, 10, 11], image.Channel(0));
        Assert.Equal([4, 5, 6, 7], image.Channel(1));
        Assert.Equal([0, 1, 2, 3], image.Channel(2));
    }

    [Fact]
    public void Absent_Alpha_IsOpaqueForUnscaledReals() =>
        Assert.Equal([255, 255, 255, 255], Converted(ml.Transforms.ConvertToImage(2, 2, "Out", "Single")).Channel(3));

    [Fact]
    public void Interleaved_Vector_StartsWithTheFirstPixel()
    {
        using var image = Converted(ml.Transforms.ConvertToImage(2, 2, "Out", "Single", interleavedColors: true));

        Assert.Equal([2, 5, 8, 11], image.Channel(0));
        Assert.Equal([1, 4, 7, 10], image.Channel(1));
        Assert.Equal([0, 3, 6, 9], image.Channel(2));
    }

    [Fact]
    public void ScaleAndOffset_AreMultipliedAndTakenOff()
    {
        using var image = Converted(ml.Transforms.ConvertToImage(2, 2, "Out", "Single", interleavedColors: true, scaleImage: 2, offsetImage: -1));

        Assert.Equal([5, 11, 17, 23], image.Channel(0));
        Assert.Equal([3, 9, 15, 21], image.Channel(1));
        Assert.Equal([1, 7, 13, 19], image.Channel(2));
    }

    [Fact]
    public void OneColor_LeavesTheOthersZero()
    {
        using var image = Converted(ml.Transforms.ConvertToImage(2, 2, "Out", "Plane", ColorBits.Red, scaleImage: 2));

        Assert.Equal([0, 0, 0, 0], image.Channel(0));
        Assert.Equal([0, 0, 0, 0], image.Channel(1));
        Assert.Equal([2, 4, 6, 8], image.Channel(2));
    }

    [Fact]
    public void Pixels_Extracted_ComeBack()
    {
        var input = ml.Data.LoadFromEnumerable(new TestImages.Tall[] { new() { Image = TestImages.Counting(2, 3) } });
        var there = ml.Transforms.ExtractPixels("Pixels", "Image", ColorBits.All, ColorsOrder.AGBR, true, offsetImage: 100, scaleImage: 0.25f);
        var back = ml.Transforms.ConvertToImage(3, 2, "Out", "Pixels", ColorBits.All, ColorsOrder.AGBR, true, scaleImage: 4, offsetImage: -100);
        using var image = there.Append(back).Fit(input).Transform(input).GetColumn<MLImage>("Out").Single();
        using var source = TestImages.Counting(2, 3);

        Assert.Equal(source.Pixels.ToArray(), image.Pixels.ToArray());
    }

    [Fact]
    public void Type_HasTheSize()
    {
        var input = ml.Data.LoadFromEnumerable(new Row[] { new() });

        Assert.Equal(new ImageDataViewType(1, 4), ml.Transforms.ConvertToImage(1, 4, "Single").Fit(input).Transform(input).Schema["Single"].Type);
    }

    [Fact]
    public void Arguments_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ConvertToImage(0, 2, "Out", "Single"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ConvertToImage(2, 0, "Out", "Single"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ConvertToImage(2, 2, "Out", "Single", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ConvertToImage(2, 2, "Out", "Single", scaleImage: 0));
    }

    [Fact]
    public void Input_OfAnotherTypeOrSize_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Converted(ml.Transforms.ConvertToImage(2, 2, "Out", "Plane")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Converted(ml.Transforms.ConvertToImage(2, 2, "Out", "Unsized")));
        Assert.ThrowsAny<Exception>(() => Converted(ml.Transforms.ConvertToImage(2, 2, "Out", "Int32")));
    }

    [Fact]
    public void SavedAndLoaded_Model_ConvertsTheSame()
    {
        var input = ml.Data.LoadFromEnumerable(new Row[] { new() });
        var model = ml.Transforms.ConvertToImage(2, 2, "Out", "Single", orderOfColors: ColorsOrder.ABGR, interleavedColors: true, scaleImage: 2, offsetImage: -1).Fit(input);
        using var expected = model.Transform(input).GetColumn<MLImage>("Out").Single();
        using var loaded = model.SavedAndLoaded(input).Transform(input).GetColumn<MLImage>("Out").Single();

        Assert.Equal(expected.Pixels.ToArray(), loaded.Pixels.ToArray());
    }

    private MLImage Converted(IEstimator<ITransformer> estimator) => ml.Apply(estimator, new Row());
}
