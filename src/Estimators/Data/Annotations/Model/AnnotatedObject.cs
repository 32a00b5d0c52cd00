namespace Fovea.Data;

/// <summary>An object in an image: what any of the formats says about it.</summary>
/// <param name="Box">Where it is and what, in pixels of the upright image, half-open; may be without area.</param>
internal readonly record struct AnnotatedObject(SampleBox Box)
{
    /// <summary>Hard to recognize: found or not, it does not count (VOC).</summary>
    public bool IsDifficult { get; init; }

    /// <summary>The box does not hold the whole object (VOC).</summary>
    public bool IsTruncated { get; init; }

    /// <summary>From where it is seen (VOC); null for none.</summary>
    public string? Pose { get; init; }

    /// <summary>Pixels the object covers, as its source states them (COCO), else the box's area.</summary>
    public float Area { get; init; }

    /// <summary>Its outline as COCO's JSON, UTF-8: polygons or runs; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Segmentation { get; init; }

    /// <summary>Its number in the whole set (COCO; 0 is one like others).</summary>
    public long Id { get; init; }
}
