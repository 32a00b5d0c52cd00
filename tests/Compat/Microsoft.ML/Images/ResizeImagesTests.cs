using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using static Microsoft.ML.Transforms.Image.ImageResizingEstimator;

namespace Fovea.Tests.Compat.Images;

public sealed class ResizeImagesTests
{
    private const int Blue = 0, Green = 1, Red = 2, Alpha = 3;

    private readonly MLContext ml = new(1);

    [Fact]
    public void Fill_TwiceAsLarge_DoublesThePixels()
    {
        using var source = TestImages.Counting(4, 3);
        using var resized = Resized(source, 8, 6, ResizingKind.Fill);

        Assert.Equal((8, 6), (resized.Width, resized.Height));
        for (int channel = Blue; channel <= Alpha; channel++)
        {
            var values = source.Channel(channel);
            Assert.Equal(Enumerable.Range(0, 48).Select(i => values[i / 8 / 2 * 4 + i % 8 / 2]), resized.Channel(channel));
        }
    }

    [Theory]
    [InlineData(ResizingKind.Fill)]
    [InlineData(ResizingKind.IsoPad)]
    [InlineData(ResizingKind.IsoCrop)]
    public void AnyKind_SameSize_KeepsTheImage(ResizingKind kind)
    {
        using var source = TestImages.Counting(4, 3);
        byte[] pixels = source.Pixels.ToArray();
        using var resized = Resized(source, 4, 3, kind);

        Assert.Equal(pixels, resized.Pixels.ToArray());
    }

    [Theory]
    [InlineData(ResizingKind.Fill, 7, 9)]
    [InlineData(ResizingKind.Fill, 33, 2)]
    [InlineData(ResizingKind.IsoCrop, 7, 9)]
    [InlineData(ResizingKind.IsoCrop, 33, 40)]
    [InlineData(ResizingKind.IsoPad, 5, 5)]
    [InlineData(ResizingKind.IsoPad, 30, 30)]
    public void AnyKind_PlainImage_StaysPlain(ResizingKind kind, int width, int height)
    {
        using var resized = Resized(TestImages.Plain(20, 20), width, height, kind);

        Assert.Equal((width, height), (resized.Width, resized.Height));
        Assert.All(resized.Channel(Blue), value => Assert.Equal(30, value));
        Assert.All(resized.Channel(Green), value => Assert.Equal(60, value));
        Assert.All(resized.Channel(Red), value => Assert.Equal(90, value));
    }

    [Fact]
    public void IsoPad_WideImage_IsBlackAboveAndBelow()
    {
        using var resized = Resized(TestImages.Plain(40, 20), 20, 20, ResizingKind.IsoPad);

        Assert.Equal(Enumerable.Range(0, 400).Select(i => i / 20 is >= 5 and < 15 ? 90 : 0), resized.Channel(Red));
    }

    [Fact]
    public void IsoPad_TallImage_IsBlackLeftAndRight()
    {
        using var resized = Resized(TestImages.Plain(10, 20), 40, 40, ResizingKind.IsoPad);

        Assert.Equal(Enumerable.Range(0, 1600).Select(i => i % 40 is >= 10 and < 30 ? 30 : 0), resized.Channel(Blue));
    }

    [Theory]
    [InlineData(Anchor.Left, 0)]
    [InlineData(Anchor.Center, 0)]
    [InlineData(Anchor.Top, 0)]
    [InlineData(Anchor.Right, 1)]
    public void IsoCrop_WideImage_KeepsTheAnchoredColumns(Anchor anchor, int left)
    {
        using var resized = Resized(TestImages.Counting(4, 3), 3, 3, ResizingKind.IsoCrop, anchor);

        Assert.Equal(Enumerable.Range(0, 9).Select(i => 10 * (i / 3 * 4 + i % 3 + left)), resized.Channel(Blue));
    }

    [Theory]
    [InlineData(Anchor.Top, 0)]
    [InlineData(Anchor.Center, 0)]
    [InlineData(Anchor.Left, 0)]
    [InlineData(Anchor.Bottom, 1)]
    public void IsoCrop_TallImage_KeepsTheAnchoredRows(Anchor anchor, int top)
    {
        using var resized = Resized(TestImages.Counting(4, 3), 4, 2, ResizingKind.IsoCrop, anchor);

        Assert.Equal(Enumerable.Range(0, 8).Select(i => 10 * (i + top * 4)), resized.Channel(Blue));
    }

    [Fact]
    public void IsoCrop_IsTheDefault_AtTheCenter()
    {
        using var source = TestImages.Make(60, 20, (x, _) => (x / 20 * 100, 0, 0));
        using var resized = ml.Apply(ml.Transforms.ResizeImages("Out", 10, 10, "Image"), new TestImages.Any { Image = source });

        Assert.All(resized.Channel(Blue).Where((_, i) => i % 10 is >= 2 and < 8), value => Assert.Equal(100, value));
    }

    [Fact]
    public void Shrinking_Checkerboard_IsItsMean()
    {
        using var resized = Resized(TestImages.Make(32, 32, (x, y) => ((x + y) % 2 * 200, 0, 0)), 8, 8, ResizingKind.IsoPad);

        Assert.All(resized.Channel(Blue), value => Assert.InRange(value, 98, 102));
    }

    [Fact]
    public void Output_Type_HasTheSize()
    {
        var input = ml.Data.LoadFromEnumerable(new TestImages.Any[] { new() });
        var estimator = ml.Transforms.ResizeImages("Out", 7, 9, "Image");

        Assert.Equal(new ImageDataViewType(9, 7), estimator.Fit(input).Transform(input).Schema["Out"].Type);
        Assert.Equal(new ImageDataViewType(9, 7), estimator.Fit(input).GetOutputSchema(input.Schema)["Out"].Type);
        Assert.Null(ml.Apply(estimator, new TestImages.Any()));
    }

    [Fact]
    public void Tag_OfTheSource_IsKept()
    {
        var source = TestImages.Plain(4, 4);
        source.Tag = "mine";

        Assert.Equal("mine", Resized(source, 2, 2, ResizingKind.Fill).Tag);
    }

    [Fact]
    public void Arguments_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ResizeImages("Out", 0, 9, "Image"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ResizeImages("Out", 7, -1, "Image"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ResizeImages("Out", 7, 9, "Image", (ResizingKind)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.ResizeImages("Out", 7, 9, "Image", cropAnchor: (Anchor)7));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            ml.Transforms.ResizeImages("Out", 7, 9, "Path").Fit(ml.Data.LoadFromEnumerable(new TestImages.File[] { new() })));
    }

    [Fact]
    public void SavedAndLoaded_Model_ResizesTheSame()
    {
        var input = ml.LoadRow(() => new TestImages.Any { Image = TestImages.Counting(4, 3) });
        var model = ml.Transforms.ResizeImages("Out", 3, 3, "Image", ResizingKind.IsoCrop, Anchor.Right).Fit(input);
        using var expected = model.Transform(input).GetColumn<MLImage>("Out").Single();
        using var resized = model.SavedAndLoaded(input).Transform(input).GetColumn<MLImage>("Out").Single();

        Assert.Equal(expected.Pixels.ToArray(), resized.Pixels.ToArray());
    }

    private MLImage Resized(MLImage source, int width, int height, ResizingKind kind, Anchor anchor = Anchor.Center) =>
        ml.Apply(ml.Transforms.ResizeImages("Out", width, height, "Image", kind, anchor), new TestImages.Any { Image = source });
}
