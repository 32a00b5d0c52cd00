using Fovea.Data;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Storage;

/// <summary>
/// With pixels. ML.NET wants a size in the attribute and then binds images of every size whose type is registered. Somebody
/// registers a size when he declares it of a class; the type without a size is registered here.
/// </summary>
internal sealed class PixelsRow : IImageRow<MLImage>
{
    [ColumnName(MLNetColumns.Image), ImageType(1, 1)]
    public MLImage Image { get; set; } = null!;

    [ColumnName(MLNetColumns.State)]
    public ReadOnlyMemory<char> State { get; set; }

    /// <summary>The image of bytes (H, W, RGB), which ML.NET extracted.</summary>
    public static MLImage ToImage(VBuffer<byte> pixels, ImageColumnType type)
    {
        var rgb = pixels.DenseValues().ToArray();
        var rgba = new byte[rgb.Length / 3 * 4];
        for (var i = 0; i < rgb.Length / 3; i++)
            (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2], rgba[4 * i + 3]) = (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2], byte.MaxValue);
        return MLImage.CreateFromPixels(type.Width, type.Height, MLPixelFormat.Rgba32, rgba);
    }

    /// <summary>To be called before a mapping of such rows is used.</summary>
    public static void Register()
    {
        try
        {
            DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage), new UnsizedAttribute());
        }
        catch (ArgumentException)
        {
            // An application may have registered it under an attribute of its own; known is known.
        }
    }

    private sealed class UnsizedAttribute : DataViewTypeAttribute
    {
        public override void Register() => PixelsRow.Register();

        public override bool Equals(DataViewTypeAttribute? other) => other is UnsizedAttribute;

        public override int GetHashCode() => typeof(UnsizedAttribute).GetHashCode();
    }
}
