namespace Fovea;

/// <summary>How images and masks of two folders belong together.</summary>
public sealed record MaskFolderOptions
{
    /// <summary>What follows the image's name in its mask's, before the extension: <c>_mask</c> where a.jpg belongs to a_mask.png. Default none.</summary>
    public string MaskSuffix { get; init; } = "";

    /// <summary>Whether folders below are taken too; an image and its mask then lie in folders of the same name. Default false.</summary>
    public bool Recurse { get; init; }
}
