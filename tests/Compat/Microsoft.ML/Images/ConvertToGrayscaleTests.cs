using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Compat.Images;

public sealed class ConvertToGrayscaleTests
{
    private readonly MLContext ml = new(1);

    [Fact]
    public void Colors_BecomeTheirLuma()
    {
        using var source = TestImages.Make(2, 3, (x, y) => (100 * x, 50 * y, 200));
        using var grey = ml.Apply(ml.Transforms.ConvertToGrayscale("Out", "Image"), new TestImages.Tall { Image = source });

        Assert.Equal(grey.Channel(0), grey.Channel(1));
        Assert.Equal(grey.Channel(0), grey.Channel(2));
        Assert.All(grey.Channel(3), alpha => Assert.Equal(255, alpha));
        Assert.All(grey.Channel(0).Select((value, i) => value - (0.3 * 200 + 0.59 * 50 * (i / 2) + 0.11 * 100 * (i % 2))), error => Assert.InRange(error, -1, 1));
    }

    [Fact]
    public void Type_AndMissingImage_AreKept()
    {
        var input = ml.Data.LoadFromEnumerable(new TestImages.Tall[] { new() });
        var grey = ml.Transforms.ConvertToGrayscale("Image").Fit(input).Transform(input);

        Assert.Equal(new ImageDataViewType(3, 2), grey.Schema["Image"].Type);
        Assert.Null(grey.GetColumn<MLImage>("Image").Single());
    }

    [Fact]
    public void Fit_NoImages_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        ml.Transforms.ConvertToGrayscale("Path").Fit(ml.Data.LoadFromEnumerable(new TestImages.File[] { new() })));

    [Fact]
    public void SavedAndLoaded_Model_ConvertsTheSame()
    {
        var input = ml.LoadRow(() => new TestImages.Tall { Image = TestImages.Counting(2, 3) });
        var model = ml.Transforms.ConvertToGrayscale("Out", "Image").Fit(input);
        using var expected = model.Transform(input).GetColumn<MLImage>("Out").Single();
        using var loaded = model.SavedAndLoaded(input).Transform(input).GetColumn<MLImage>("Out").Single();

        Assert.Equal(expected.Pixels.ToArray(), loaded.Pixels.ToArray());
    }
}
