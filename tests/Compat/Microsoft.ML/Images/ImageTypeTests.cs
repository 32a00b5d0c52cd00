using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Compat.Images;

public sealed class ImageTypeTests
{
    private readonly MLContext ml = new(1);

    public sealed class Sized
    {
        [ImageType(3, 2)] public MLImage First = null!;
        [ImageType(4, 5)] public MLImage Second { get; set; } = null!;
    }

    [Fact]
    public void ImageDataViewType_Size_IsPartOfIt()
    {
        ImageDataViewType any = new(), sized = new(3, 4);

        Assert.Equal((3, 4, typeof(MLImage)), (sized.Height, sized.Width, sized.RawType));
        Assert.Equal((0, 0), (any.Height, any.Width));
        Assert.Equal(("Image", "Image<3, 4>"), (any.ToString(), sized.ToString()));
        Assert.Equal<DataViewType>(new ImageDataViewType(3, 4), sized);
        Assert.Equal(new ImageDataViewType(3, 4).GetHashCode(), sized.GetHashCode());
        Assert.NotEqual<DataViewType>(new ImageDataViewType(4, 3), sized);
        Assert.NotEqual<DataViewType>(any, sized);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(100_000, 100_000)]
    public void ImageDataViewType_BadSize_Throws(int height, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageDataViewType(height, width));

    [Fact]
    public void ImageTypeAttribute_Size_IsTheTypeOfTheColumn()
    {
        Sized row = new() { First = TestImages.Plain(2, 3), Second = TestImages.Plain(5, 4) };
        var data = ml.Data.LoadFromEnumerable([row]);

        Assert.Equal(new ImageDataViewType(3, 2), data.Schema["First"].Type);
        Assert.Equal(new ImageDataViewType(4, 5), data.Schema["Second"].Type);
        var read = ml.Data.CreateEnumerable<Sized>(data, reuseRowObject: false).Single();
        Assert.Same(row.First, read.First);
        Assert.Same(row.Second, read.Second);
    }

    [Fact]
    public void ImageTypeAttribute_Size_MakesItEqual()
    {
        Assert.Equal(new ImageTypeAttribute(3, 4), new ImageTypeAttribute(3, 4));
        Assert.NotEqual(new ImageTypeAttribute(3, 4), new ImageTypeAttribute(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageTypeAttribute(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageTypeAttribute(4, -1));
    }
}
