using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Data;

/// <summary>How a column holds its images.</summary>
/// <param name="Kind">As paths, files or pixels.</param>
/// <param name="Height">Rows of the pixels, where all images have the same; else 0.</param>
/// <param name="Width">Columns of the pixels, where all images have the same; else 0.</param>
internal sealed record ImageColumnType(ImageColumnKind Kind, int Height = 0, int Width = 0)
{
    /// <summary>Of a type that <see cref="ImageColumn"/> accepts.</summary>
    public static ImageColumnType Of(DataViewType type) => type switch
    {
        ImageDataViewType image => new(ImageColumnKind.Pixels, image.Height, image.Width),
        TextDataViewType => new(ImageColumnKind.Path),
        _ => new(ImageColumnKind.Bytes),
    };
}
