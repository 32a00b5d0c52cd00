using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Image sets as data views: what <c>ml.Vision.Data</c> offers.</summary>
public sealed partial class VisionData
{
    internal VisionData() { }

    /// <summary>
    /// A folder per class: every folder directly below <paramref name="path"/> is a class and bears its name. Nothing is
    /// decoded here; a file that is not what its name says is an error when its row is read.
    /// </summary>
    /// <param name="path">The folder that holds the class folders.</param>
    /// <param name="recurse">
    /// Also take the images in folders below a class folder (default). Links to folders are not followed below a class, and
    /// files and folders whose names begin with a dot are passed over.
    /// </param>
    /// <returns>
    /// A view of <c>Image</c> (text, the absolute path) and <c>Label</c> (key; its <c>KeyValues</c> are the class names
    /// in ordinal order), in the order of class and path. Files with the extensions .jpg, .jpeg, .jpe, .jfif, .png, .bmp,
    /// .gif, .webp, .pgm, .ppm and .pnm are taken for images.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no class folders, only one, or one without an image.</exception>
    public IDataView FromFolder(string path, bool recurse = true) => FolderView.Open(path, recurse);

    /// <summary>
    /// A pair of files in MNIST's IDX format, plain or gzip. The pixels are read at once (a byte each); images are made of
    /// them as rows are read.
    /// </summary>
    /// <param name="images">The file of images: magic number 2051, unsigned bytes, N x H x W, grey.</param>
    /// <param name="labels">The file of labels: magic number 2049, unsigned bytes, N.</param>
    /// <param name="classNames">The names of classes 0, 1, ...; by default the numbers from 0 to the highest label.</param>
    /// <returns>A view of <c>Image</c> (MLImage of H x W) and <c>Label</c> (key; its <c>KeyValues</c> are the class names).</returns>
    /// <exception cref="FileNotFoundException">One of the files is not there.</exception>
    /// <exception cref="InvalidDataException">A file is of another format or cut off, the counts disagree, or a label has no name.</exception>
    public IDataView FromIdx(string images, string labels, IReadOnlyList<string>? classNames = null) => IdxView.Open(images, labels, classNames);
}
