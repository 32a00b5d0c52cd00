using Microsoft.ML;

namespace Fovea.Data;

/// <content>Sets for segmentation.</content>
public sealed partial class VisionData
{
    /// <summary>A folder of images and one of index masks; an image and its mask have the same name, and may have different extensions.</summary>
    /// <param name="images">The folder of images.</param>
    /// <param name="masks">
    /// The folder of masks: PNG with a palette or one grey channel of at most 8 bits, or 8-bit PGM. It may be the folder of
    /// images where <see cref="MaskFolderOptions.MaskSuffix"/> tells the two apart.
    /// </param>
    /// <param name="classes">What the pixels of the masks mean.</param>
    /// <param name="options">How names belong together.</param>
    /// <returns>
    /// A view of <c>Image</c> and <c>Mask</c> (text, absolute paths) by name, numbers in names counted. The mask's annotations are
    /// <c>KeyValues</c> (the class names), and where given <c>IgnoreIndex</c> (int32) and <c>MaskValues</c> (vector of byte). No file is
    /// opened; a mask that is none, or of another size than its image, is an error when it is read.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no images, two of one name, or some without a partner; the message lists them.</exception>
    /// <exception cref="ArgumentException">The classes contradict each other, or one folder was given without a suffix.</exception>
    public IDataView FromMaskFolders(string images, string masks, MaskClasses classes, MaskFolderOptions? options = null) =>
        MaskFolders.Open(images, masks, classes, options ?? new MaskFolderOptions());

    /// <summary>
    /// A list file of CamVid (Brostow et al. 2009) in SegNet's version: a line for each image, its path and its mask's with a
    /// space between. Paths need not be this machine's: of each the longest end is taken that exists below the folder.
    /// </summary>
    /// <param name="list">The list, <c>train.txt</c> for example.</param>
    /// <param name="folder">Where the paths begin; by default the list's own folder.</param>
    /// <param name="classes">What the pixels mean; by default CamVid's eleven classes from 0 Sky to 10 Bicyclist, with 11 (Unlabelled) ignored.</param>
    /// <returns>A view of <c>Image</c> and <c>Mask</c> (text, absolute paths) as <see cref="FromMaskFolders"/>, in the list's order.</returns>
    /// <exception cref="FileNotFoundException">There is no such list, or no file that a line names; the message has line and column.</exception>
    /// <exception cref="InvalidDataException">The list is empty, a line has not two paths, or a path leads upwards.</exception>
    public IDataView FromCamVid(string list, string? folder = null, MaskClasses? classes = null) =>
        CamVidList.Open(list, folder, classes ?? CamVidList.Classes);
}
