namespace Fovea.Native;

/// <summary>A file format the codec reads and writes.</summary>
public enum ImageFileFormat
{
    /// <summary>JPEG.</summary>
    Jpeg = 1,

    /// <summary>PNG.</summary>
    Png = 2,
}
