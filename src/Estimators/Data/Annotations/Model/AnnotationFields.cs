namespace Fovea.Data;

/// <summary>What a set says about its images and objects beyond boxes and classes.</summary>
[Flags]
internal enum AnnotationFields
{
    None = 0,
    ImageId = 1,
    Crowd = 2,
    Difficult = 4,
    Truncated = 8,
    Pose = 16,
    Area = 32,
    Segmentation = 64,
    AnnotationId = 128,
}
