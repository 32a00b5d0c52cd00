namespace Fovea;

/// <summary>What <c>ml.Vision.Data.Inspect</c> can find.</summary>
public enum FindingKind
{
    /// <summary>An image is missing, damaged, cut off, empty or no image. Error.</summary>
    UnreadableImage,

    /// <summary>A camera stored an image turned and wrote its orientation into EXIF; it is turned upright when it is read. Note; a warning where the row has boxes or a mask, which must be of the upright image.</summary>
    RotatedImage,

    /// <summary>The annotation states another size than the image has. Error.</summary>
    ImageSizeMismatch,

    /// <summary>An image has the same pixels as another of the same view. Warning.</summary>
    ExactDuplicate,

    /// <summary>An image looks like another of the same view: resized, compressed again, made brighter. Warning.</summary>
    NearDuplicate,

    /// <summary>An image has the same pixels as another (error), or looks like it (warning), but another label, other boxes or another mask.</summary>
    ConflictingLabels,

    /// <summary>An image has the same pixels as one of another view (error), or looks like it (warning): what is measured on one of them is not what the model does on new images.</summary>
    SharedBetweenSplits,

    /// <summary>A row or an object has no label. Error.</summary>
    MissingLabel,

    /// <summary>A class is none of those that were given, or of the first view. Error; one finding for each class of each view.</summary>
    UnknownClass,

    /// <summary>A class has no row, no object or no pixel. Warning; one finding for each class of each view.</summary>
    UnusedClass,

    /// <summary>Boxes and labels of a row cannot be read: their counts disagree. Error.</summary>
    BrokenObjects,

    /// <summary>A box has no area, is inside out or has a coordinate that is no finite number. Error.</summary>
    InvalidBox,

    /// <summary>A box lies outside its image, wholly (error) or in part (warning).</summary>
    BoxOutsideImage,

    /// <summary>A side of a box is shorter than <see cref="InspectionOptions.SmallBoxSide"/>. Note.</summary>
    SmallBox,

    /// <summary>A mask is missing, damaged or of a format whose values are not exact. Error.</summary>
    UnreadableMask,

    /// <summary>A mask is not as large as its upright image. Error.</summary>
    MaskSizeMismatch,

    /// <summary>A mask has pixel values that are no class. Error.</summary>
    UnknownMaskValue,

    /// <summary>A mask marks nothing: every pixel is of class 0 (the background) or ignored. Note; a warning where every pixel is ignored.</summary>
    EmptyMask,
}
