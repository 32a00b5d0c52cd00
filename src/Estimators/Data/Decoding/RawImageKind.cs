namespace Fovea.Data;

/// <summary>What a <see cref="RawImage"/> holds.</summary>
internal enum RawImageKind
{
    /// <summary>The path of a file.</summary>
    File,

    /// <summary>The bytes of a file (JPEG, PNG, ...).</summary>
    Encoded,

    /// <summary>4 bytes a pixel: blue, green, red, alpha.</summary>
    Bgra,

    /// <summary>4 bytes a pixel: red, green, blue, alpha.</summary>
    Rgba,

    /// <summary>No image: numbers beside one, 4 bytes each (float32).</summary>
    Numbers,
}
