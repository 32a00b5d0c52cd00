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
    public IDataView FromFolder(string path, bool recurse = true) => FolderView.Open(path, recurse, StringComparer.Ordinal);

    /// <summary>A folder per person, as face sets come: <see cref="FromFolder"/> in the order people count, s2 before s10.</summary>
    /// <param name="path">The folder that holds the folders of people.</param>
    /// <returns>
    /// A view of <c>Image</c> (text, the absolute path) and <c>Label</c> (key; its <c>KeyValues</c> are the people), in the order of
    /// person and image. Folders below a person's are taken too.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no folders of people, only one, or one without an image.</exception>
    public IDataView FromFaces(string path) => FolderView.Open(path, recurse: true, NaturalOrder.Instance);

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

    /// <summary>CIFAR-10 (Krizhevsky 2009) in its binary version. The records are read at once; images are made of them as rows are read.</summary>
    /// <param name="folder">The folder of data_batch_1.bin to data_batch_5.bin and test_batch.bin, or the one that holds it as <c>cifar-10-batches-bin</c>.</param>
    /// <param name="part">The 50,000 images to train on (default) or the 10,000 to test on.</param>
    /// <returns>A view of <c>Image</c> (MLImage of 32 x 32) and <c>Label</c> (key; its <c>KeyValues</c> come from batches.meta.txt where that is there, else they are the ten usual names).</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">One of the files is not there.</exception>
    /// <exception cref="InvalidDataException">A file is cut off, has a label above 9, or names not ten classes.</exception>
    public IDataView FromCifar10(string folder, CifarPart part = CifarPart.Train) => CifarView.Open(CifarFormat.Ten, CifarFormat.Ten.Files(folder, part));

    /// <summary>Files in the binary version of CIFAR-10 (a byte of label, then 32 x 32 bytes each of red, green and blue), one after the other.</summary>
    /// <param name="files">The files, at least one; batches.meta.txt beside the first names the classes.</param>
    /// <inheritdoc cref="FromCifar10(string, CifarPart)"/>
    public IDataView FromCifar10(IReadOnlyList<string> files) => CifarView.Open(CifarFormat.Ten, files);

    /// <summary>CIFAR-100 (Krizhevsky 2009) in its binary version, as <see cref="FromCifar10(string, CifarPart)"/>.</summary>
    /// <param name="folder">The folder of train.bin and test.bin, or the one that holds it as <c>cifar-100-binary</c>.</param>
    /// <param name="part">The 50,000 images to train on (default) or the 10,000 to test on.</param>
    /// <param name="labels">The 100 fine classes (default) or the 20 coarse ones.</param>
    /// <returns>
    /// A view of <c>Image</c> (MLImage of 32 x 32) and <c>Label</c> (key; its <c>KeyValues</c> come from fine_label_names.txt or
    /// coarse_label_names.txt where they are there, else they are numbers from 0).
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">The file is cut off, has a label too high, or the file of names has another number of classes.</exception>
    public IDataView FromCifar100(string folder, CifarPart part = CifarPart.Train, CifarLabels labels = CifarLabels.Fine)
    {
        if (!Enum.IsDefined(labels))
            throw new ArgumentOutOfRangeException(nameof(labels), labels, $"The labels must be one of {string.Join(", ", Enum.GetNames<CifarLabels>())}.");
        var format = labels == CifarLabels.Fine ? CifarFormat.Fine : CifarFormat.Coarse;
        return CifarView.Open(format, format.Files(folder, part));
    }

    /// <summary>
    /// A manifest: a text file of rows, comma or tab separated (RFC 4180, UTF-8), whose first line names the columns. One column
    /// has the paths of images, relative to the manifest's folder; one may have labels, one the paths of masks; all others are
    /// kept as text, so that a patient or a camera can group a split. No image is opened; a path may occur in several rows.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Delimiter and meaning of the columns; by default columns named Image, Label and Mask in any case.</param>
    /// <returns>
    /// A view of <c>Image</c> (text, the absolute path), where there are labels <c>Label</c> (key; its <c>KeyValues</c> are the class
    /// names), where there are masks <c>Mask</c> (as <see cref="FromMaskFolders"/>), and the other columns (text) by their own names.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// A row is malformed, lacks a label or has one that is no class, or a path is absolute or leads upwards; the message has line
    /// and column. Or the file is empty, not UTF-8, or lacks a column.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other or the file.</exception>
    public IDataView FromManifest(string path, ManifestOptions? options = null) => Manifest.Open(path, options ?? new ManifestOptions());
}
