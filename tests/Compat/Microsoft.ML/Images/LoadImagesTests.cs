using Fovea.Tests.Compat.Text;
using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Files = System.IO.File;

namespace Fovea.Tests.Compat.Images;

public sealed class LoadImagesTests : IDisposable
{
    private readonly MLContext ml = new(1);
    private readonly TemporaryFolder folder = new();

    public LoadImagesTests()
    {
        folder.WriteImage("a.png", TestImages.Plain(2, 3, blue: 1));
        folder.WriteImage("b.png", TestImages.Plain(5, 4, blue: 2));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void LoadImages_Paths_AreDecoded()
    {
        var loaded = Transformed(ml.Transforms.LoadImages("Out", folder.Path, "Path"), "a.png", "b.png");

        Assert.Equal(new ImageDataViewType(), loaded.Schema["Out"].Type);
        using var cursor = loaded.GetRowCursor(loaded.Schema);
        var get = cursor.GetGetter<MLImage>(loaded.Schema["Out"]);
        MLImage image = null!;
        Assert.True(cursor.MoveNext());
        get(ref image);
        Assert.Equal((2, 3, 1), (image.Width, image.Height, image.GetBGRPixels[0]));
        Assert.Equal(Path.Combine(folder.Path, "a.png"), image.Tag);
        Assert.True(cursor.MoveNext());
        get(ref image);
        Assert.Equal((5, 4, 2), (image.Width, image.Height, image.GetBGRPixels[0]));
    }

    [Fact]
    public void LoadImages_NextRow_DisposesTheImageBefore()
    {
        var loaded = Transformed(ml.Transforms.LoadImages("Out", folder.Path, "Path"), "a.png", "b.png");
        using var cursor = loaded.GetRowCursor(loaded.Schema);
        var get = cursor.GetGetter<MLImage>(loaded.Schema["Out"]);
        MLImage image = null!;

        cursor.MoveNext();
        get(ref image);
        var first = image;
        cursor.MoveNext();
        get(ref image);

        Assert.Throws<InvalidOperationException>(() => first.Width);
        Assert.Equal(5, image.Width);
    }

    [Fact]
    public void LoadImages_FullPathsWithoutFolder_AreDecoded()
    {
        var model = ml.Transforms.LoadImages("Path", null!).Fit(Rows("x"));

        Assert.Null(model.ImageFolder);
        Assert.Equal(2, model.Transform(Rows(Path.Combine(folder.Path, "a.png"))).OfImage("Path", image => image.Width));
    }

    [Fact]
    public void LoadImages_EmptyPath_IsNull()
    {
        Assert.Null(Transformed(ml.Transforms.LoadImages("Out", folder.Path, "Path"), "").GetColumn<MLImage>("Out").Single());
        Assert.Empty(Transformed(ml.Transforms.LoadRawImageBytes("Out", folder.Path, "Path"), "").GetColumn<byte[]>("Out").Single());
    }

    [Fact]
    public void LoadRawImageBytes_Paths_AreRead()
    {
        var loaded = Transformed(ml.Transforms.LoadRawImageBytes("Out", folder.Path, "Path"), "a.png", "b.png");

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Byte), loaded.Schema["Out"].Type);
        Assert.Equal([Files.ReadAllBytes(Path.Combine(folder.Path, "a.png")), Files.ReadAllBytes(Path.Combine(folder.Path, "b.png"))], loaded.Values<byte[]>("Out"));
    }

    [Fact]
    public void LoadImages_MissingFile_ThrowsWhenRead()
    {
        var loaded = Transformed(ml.Transforms.LoadImages("Out", folder.Path, "Path"), "absent.png");

        Assert.Throws<FileNotFoundException>(() => loaded.GetColumn<MLImage>("Out").Single());
    }

    [Fact]
    public void LoadImages_NoImage_ThrowsWhenRead()
    {
        folder.Write("text.png", "no image");
        var loaded = Transformed(ml.Transforms.LoadImages("Out", folder.Path, "Path"), "text.png");

        Assert.Throws<ArgumentException>(() => loaded.GetColumn<MLImage>("Out").Single());
    }

    [Fact]
    public void LoadImages_BadFolderOrInput_Throws()
    {
        Assert.Throws<ArgumentException>(() => ml.Transforms.LoadImages("Out", Path.Combine(folder.Path, "absent"), "Path"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.LoadImages("Out", folder.Path, "Absent").Fit(Rows("a.png")));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            ml.Transforms.LoadImages("Out", folder.Path, "Image").Fit(ml.Data.LoadFromEnumerable(new TestImages.Any[] { new() })));
    }

    [Fact]
    public void LoadImages_SavedAndLoaded_ReadsTheSame()
    {
        var rows = Rows("b.png");
        var model = ml.Transforms.LoadImages("Out", folder.Path, "Path").Append(ml.Transforms.LoadRawImageBytes("Raw", folder.Path, "Path")).Fit(rows);
        var read = model.SavedAndLoaded(rows).Transform(rows);

        Assert.Equal(5, read.OfImage("Out", image => image.Width));
        Assert.Equal(Files.ReadAllBytes(Path.Combine(folder.Path, "b.png")), read.Values<byte[]>("Raw").Single());
    }

    private IDataView Rows(params string[] paths) => ml.Data.LoadFromEnumerable(paths.Select(path => new TestImages.File { Path = path }));

    private IDataView Transformed(IEstimator<ITransformer> estimator, params string[] paths)
    {
        var rows = Rows(paths);
        return estimator.Fit(rows).Transform(rows);
    }
}
