namespace Fovea.Data;

/// <summary>How a column holds images.</summary>
internal enum ImageColumnKind
{
    /// <summary>Text: the path of a file.</summary>
    Path,

    /// <summary>A vector of bytes: an encoded file.</summary>
    Bytes,

    /// <summary>MLImage.</summary>
    Pixels,
}
