using Microsoft.ML;

namespace Fovea.Data;

public sealed partial class VisionData
{
    /// <summary>
    /// Boxes in Pascal VOC's layout: <c>JPEGImages</c>, <c>Annotations</c> (an .xml for each image) and <c>ImageSets/Main</c>
    /// (a .txt for each split). The annotations are read at once, images as rows are asked for.
    /// </summary>
    /// <param name="path">The folder that holds the three.</param>
    /// <param name="split">The name of a file in <c>ImageSets/Main</c> without its extension, as "train"; by default every annotation there is, in the order of names.</param>
    /// <param name="classNames">The names of classes 0, 1, ...; by default those that occur, in ordinal order.</param>
    /// <param name="oneBased">
    /// Corners are numbers of pixels from 1 on, and the last pixel is in the box, as in the original sets of 2007 to 2012: 1 is
    /// taken from xmin and ymin. By default corners are taken as they stand, as most tools write them.
    /// </param>
    /// <param name="allowPathsOutside">Takes file names that are absolute or climb by ".."; else they are an error.</param>
    /// <returns>
    /// A view of <c>Image</c> (text, the absolute path: the annotation's file name in JPEGImages), <c>ImageWidth</c> and
    /// <c>ImageHeight</c> (int32, pixels, as the annotation states), <c>BoundingBoxes</c> (vector of float: x0, y0, x1, y1 of each
    /// object in pixels, half-open) and, with a value for each object, <c>Labels</c> (vector of key with class names),
    /// <c>IsDifficult</c>, <c>IsTruncated</c> (vectors of bool) and <c>Poses</c> (vector of text, "" where none). Boxes without
    /// area are kept. Parts of objects are not read.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">The folder is not laid out so.</exception>
    /// <exception cref="FileNotFoundException">There is no such split, or an annotation of it is missing.</exception>
    /// <exception cref="InvalidDataException">An annotation is malformed, declares a document type, or names a class that was not given; or there are none.</exception>
    public IDataView FromVoc(string path, string? split = null, IReadOnlyList<string>? classNames = null, bool oneBased = false, bool allowPathsOutside = false) =>
        AnnotatedView.Of(VocReader.Read(path, split, classNames, oneBased, allowPathsOutside));

    /// <summary>
    /// Objects in COCO's instances format, as <c>instances_val2017.json</c>. The file is read at once (at most 2 GB), images as
    /// rows are asked for.
    /// </summary>
    /// <param name="path">The .json file.</param>
    /// <param name="imagesFolder">Where the files lie that it names.</param>
    /// <param name="allowPathsOutside">Takes file names that are absolute or climb by ".."; else they are an error.</param>
    /// <returns>
    /// A view of <c>Image</c> (text, the absolute path), <c>ImageWidth</c>, <c>ImageHeight</c> (int32, pixels), <c>ImageId</c>
    /// (int64), <c>BoundingBoxes</c> (vector of float: x0, y0, x1, y1 of each object in pixels, half-open) and, with a value for
    /// each object, <c>Labels</c> (vector of key; classes in the order of category ids), <c>IsCrowd</c> (bool), <c>Areas</c> (float,
    /// pixels, as stated), <c>Segmentations</c> (text: COCO's JSON as it stands, "" where none) and <c>AnnotationIds</c> (int64); also
    /// <c>IsDifficult</c>, <c>IsTruncated</c> and <c>Poses</c> where <see cref="SaveAsCoco"/> wrote them. The labels carry the annotations
    /// <c>KeyValues</c> (names), <c>CategoryIds</c> (int64) and <c>Supercategories</c> (text). Rows are in the order of the list of
    /// images; an image without objects is a row with none.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is malformed: no JSON, an id twice, an annotation of an unknown image or category, an outline that is none, runs that
    /// do not add up. The message names line and column.
    /// </exception>
    public IDataView FromCoco(string path, string imagesFolder, bool allowPathsOutside = false) =>
        AnnotatedView.Of(CocoReader.Read(path, imagesFolder, allowPathsOutside));

    /// <summary>
    /// Objects in YOLO's format: a <c>data.yaml</c> (<c>names</c> as list or map, <c>path</c>, and <c>train</c>, <c>val</c>, <c>test</c>, each a
    /// folder, a .txt that lists images, or several) and beside every folder <c>images</c> a folder <c>labels</c> with a .txt for each image,
    /// a line for each object: class, then center and size of its box or the points of its outline, as fractions of the image.
    /// Labels and the headers of images are read at once, images as rows are asked for.
    /// </summary>
    /// <param name="path">The data.yaml, or the folder that holds it.</param>
    /// <param name="split">"train" (default), "val" or "test".</param>
    /// <param name="allowPathsOutside">Takes paths that are absolute or climb by ".."; else they are an error.</param>
    /// <returns>
    /// A view of <c>Image</c> (text, the absolute path), <c>ImageWidth</c>, <c>ImageHeight</c> (int32, pixels of the upright image),
    /// <c>BoundingBoxes</c> (vector of float: x0, y0, x1, y1 of each object in pixels, half-open; of an outline its bounds) and, with
    /// a value for each object, <c>Labels</c> (vector of key with class names) and <c>Segmentations</c> (text: COCO's JSON, "" for a
    /// box). An image without a label file is a row without objects.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no data.yaml, or an image of a list is missing.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder of images.</exception>
    /// <exception cref="ArgumentException">There is no such split.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is malformed: no YAML, a class without a name, a fraction outside [0, 1], a line with another number of fields; or
    /// there are no images, or no labels at all. The message names file and line.
    /// </exception>
    public IDataView FromYolo(string path, string split = "train", bool allowPathsOutside = false) =>
        AnnotatedView.Of(YoloReader.Read(path, split, allowPathsOutside));

    /// <summary>
    /// Images and index masks in Pascal VOC's layout: <c>JPEGImages</c>, <c>SegmentationClass</c> (a palette PNG for each image) and
    /// <c>ImageSets/Segmentation</c> (a .txt for each split). Masks are decoded as rows are read.
    /// </summary>
    /// <param name="path">The folder that holds the three.</param>
    /// <param name="split">The name of a file in <c>ImageSets/Segmentation</c> without its extension; default "train".</param>
    /// <param name="classes">What the pixels mean; by default VOC's 21 classes (0 background to 20 tvmonitor), 255 ignored.</param>
    /// <returns>A view of <c>Image</c> and <c>Mask</c> (text, absolute paths), the mask with its classes.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder is not laid out so.</exception>
    /// <exception cref="FileNotFoundException">There is no such split, or a mask of it is missing.</exception>
    /// <exception cref="InvalidDataException">The split lists an image twice, a path, or nothing.</exception>
    /// <exception cref="ArgumentException">The classes contradict each other.</exception>
    public IDataView FromVocSegmentation(string path, string split = "train", MaskClasses? classes = null) =>
        VocMasks.Open(path, split, classes ?? VocMasks.Classes);
}
