namespace Fovea.Detection.Evaluation;

/// <summary>A prediction as COCO's results format has it.</summary>
internal record struct CocoResult()
{
    public int Offset;
    public long? ImageId;
    public long? CategoryId;
    public (double X, double Y, double Width, double Height)? Box;
    public double? Score;
    public Range Segmentation;
}
