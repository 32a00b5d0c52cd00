namespace Fovea.Data;

/// <summary>An image as the file has it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="FileName">Below the folder of images.</param>
/// <param name="Width">0 where not stated.</param>
/// <param name="Height">0 where not stated.</param>
/// <param name="Offset">Where in the file.</param>
internal sealed record CocoImage(long Id, string FileName, int Width, int Height, int Offset);

/// <summary>A category as the file has it.</summary>
internal sealed record CocoCategory(long Id, string Name, string? Supercategory, int Offset);

/// <summary>An annotation as the file has it; linked to image and category when all are read, as they come in any order.</summary>
internal record struct CocoAnnotation()
{
    public int Offset;
    public long? Id;
    public long? ImageId;
    public long? CategoryId;
    public (double X, double Y, double Width, double Height)? Box;
    public double? Area;
    public bool IsCrowd;
    public Range Segmentation;
    public bool? IsDifficult;
    public bool? IsTruncated;
    public string? Pose;
}
