using Microsoft.ML;

namespace Fovea.Data;

public sealed partial class VisionData
{
    /// <summary>
    /// Writes boxes in Pascal VOC's layout, to be read by <see cref="FromVoc"/>: <c>Annotations/NAME.xml</c> for each image and
    /// <c>ImageSets/Main/SPLIT.txt</c>. Several views can be written into one folder as several splits.
    /// </summary>
    /// <remarks>
    /// Kept exactly: boxes, names of classes, image sizes, <c>IsDifficult</c>, <c>IsTruncated</c>, <c>Poses</c>. VOC has no place for
    /// <c>IsCrowd</c>, <c>Areas</c>, <c>Segmentations</c> and ids, for the order of classes (<see cref="FromVoc"/> takes ordinal order
    /// unless told) and for a class without an object.
    /// </remarks>
    /// <param name="view">With <c>Image</c> (text, paths), <c>BoundingBoxes</c> and <c>Labels</c>; sizes that it has no columns for are read from the files.</param>
    /// <param name="folder">Where to write; made where it is not there.</param>
    /// <param name="split">The name of the list of images. Default "train".</param>
    /// <param name="oneBased">Writes 1-based inclusive corners as the original sets: 1 is added to xmin and ymin.</param>
    /// <param name="copyImages">
    /// Copies the images to <c>JPEGImages</c>. By default they stay where they are, and the annotations name them relative to
    /// JPEGImages; to read that back takes allowPathsOutside.
    /// </param>
    /// <param name="overwrite">Replaces files that are there; by default they are an error, and nothing is written.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">The view has no rows, a row is malformed, or two images have the same name.</exception>
    /// <exception cref="FileNotFoundException">An image that is needed is missing.</exception>
    /// <exception cref="IOException">A file is there already or cannot be written; no new file is left behind.</exception>
    public void SaveAsVoc(IDataView view, string folder, string split = "train", bool oneBased = false, bool copyImages = false, bool overwrite = false) =>
        VocWriter.Write(ViewSet.Read(view), folder, split, oneBased, copyImages, overwrite);

    /// <summary>Writes objects as an instances file of COCO, to be read by <see cref="FromCoco"/>.</summary>
    /// <remarks>
    /// Kept exactly: boxes, classes with their order, ids and groups, image sizes, <c>ImageId</c>, <c>IsCrowd</c>, <c>Areas</c>,
    /// <c>Segmentations</c> (as they stand), <c>AnnotationIds</c>. Ids that the view has no columns for are numbered from 1. COCO has no
    /// words for <c>IsDifficult</c>, <c>IsTruncated</c> and <c>Poses</c>: they are written as "difficult", "truncated" and "pose", which
    /// its tools pass over and <see cref="FromCoco"/> reads. What COCO's files say of licences, addresses and dates is in no view,
    /// so it is not written. Annotations are in the order of images.
    /// </remarks>
    /// <param name="view">With <c>Image</c> (text, paths), <c>BoundingBoxes</c> and <c>Labels</c>; sizes that it has no columns for are read from the files.</param>
    /// <param name="path">The .json file; its folder is made where it is not there.</param>
    /// <param name="imagesFolder">What file names are relative to; by default the deepest folder that holds all images.</param>
    /// <param name="copyImages">Copies the images to <paramref name="imagesFolder"/>, with the folders they have in common taken off. By default they stay where they are.</param>
    /// <param name="overwrite">Replaces files that are there; by default they are an error, and nothing is written.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or there is no folder to copy to.</exception>
    /// <exception cref="InvalidDataException">The view has no rows, a row is malformed, or an id is there twice.</exception>
    /// <exception cref="FileNotFoundException">An image that is needed is missing.</exception>
    /// <exception cref="IOException">A file is there already or cannot be written; no new file is left behind.</exception>
    public void SaveAsCoco(IDataView view, string path, string? imagesFolder = null, bool copyImages = false, bool overwrite = false) =>
        CocoWriter.Write(ViewSet.Read(view), path, imagesFolder, copyImages, overwrite);

    /// <summary>
    /// Writes objects in YOLO's format, to be read by <see cref="FromYolo"/>: <c>labels/SPLIT/NAME.txt</c> for each image and
    /// <c>data.yaml</c>. Several views with the same classes can be written into one folder as several splits.
    /// </summary>
    /// <remarks>
    /// Boxes are fractions of the image's sides with nine decimals and come back within 1e-3 pixels: what rounding to float makes
    /// of a side of 16,384 pixels; in smaller images it is less. Kept exactly: classes and their order. YOLO has no place for all else: <c>IsCrowd</c>,
    /// <c>IsDifficult</c>, <c>IsTruncated</c>, <c>Poses</c>, <c>Areas</c>, ids, and of <c>Segmentations</c> runs and objects of several parts.
    /// </remarks>
    /// <param name="view">With <c>Image</c> (text, paths), <c>BoundingBoxes</c> and <c>Labels</c>; sizes that it has no columns for are read from the files.</param>
    /// <param name="folder">Where to write; made where it is not there.</param>
    /// <param name="split">"train" (default), "val" or "test".</param>
    /// <param name="outlines">Writes objects whose segmentation is one polygon as its points. By default all are boxes.</param>
    /// <param name="copyImages">
    /// Copies the images to <c>images/SPLIT</c>. By default they stay where they are, and have to be brought there before the set
    /// is read, as YOLO's labels are found by their place.
    /// </param>
    /// <param name="overwrite">Replaces files that are there; by default they are an error (but for a data.yaml of the same classes, which gains the split), and nothing is written.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or the split is none of the three.</exception>
    /// <exception cref="InvalidDataException">The view has no rows, a row is malformed, a box lies partly outside of its image, or two images have the same name.</exception>
    /// <exception cref="FileNotFoundException">An image that is needed is missing.</exception>
    /// <exception cref="IOException">A file is there already or cannot be written; no new file is left behind.</exception>
    public void SaveAsYolo(IDataView view, string folder, string split = "train", bool outlines = false, bool copyImages = false, bool overwrite = false) =>
        YoloWriter.Write(ViewSet.Read(view), folder, split, outlines, copyImages, overwrite);

    /// <summary>
    /// Writes objects as index masks, <c>NAME.png</c> for each image, and the names of their classes as <c>classes.txt</c>. The masks
    /// can be read by <see cref="FromMaskFolders"/> with the classes that are returned.
    /// </summary>
    /// <remarks>
    /// A mask holds 0 for background and k + 1 for class k, in VOC's colors; crowds are 255, which is to be ignored. An
    /// object is painted by its segmentation, as COCO's own tools would, or by its box (the pixels whose middles are in it) where it
    /// has none; later objects over earlier ones. Which object a pixel belongs to is lost.
    /// </remarks>
    /// <param name="view">With <c>Image</c> (text, paths), <c>BoundingBoxes</c> and <c>Labels</c> of at most 253 classes; sizes that it has no columns for are read from the files.</param>
    /// <param name="folder">Where to write; made where it is not there.</param>
    /// <param name="overwrite">Replaces files that are there; by default they are an error, and nothing is written.</param>
    /// <returns>What the pixels mean.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">The view has no rows or too many classes, a row is malformed, or two images have the same name.</exception>
    /// <exception cref="IOException">A file is there already or cannot be written; no new file is left behind.</exception>
    public MaskClasses SaveAsMasks(IDataView view, string folder, bool overwrite = false) =>
        MaskWriter.Write(ViewSet.Read(view), folder, overwrite);
}
