namespace Fovea.Native;

/// <summary>How a native call ended; the numbers of <c>fovea_status</c>.</summary>
public enum NativeStatus
{
    /// <summary>It did what was asked.</summary>
    Ok = 0,

    /// <summary>LibTorch or the operating system said no; the message is theirs.</summary>
    Error = 1,

    /// <summary>A null pointer, an unknown tag, a value out of range.</summary>
    BadArgument = 2,

    /// <summary>No such operator, file or device.</summary>
    NotFound = 3,

    /// <summary>An allocation failed.</summary>
    OutOfMemory = 4,

    /// <summary>A file or buffer that is not what it should be.</summary>
    BadData = 5,

    /// <summary>Above a stated limit; nothing was allocated.</summary>
    TooLarge = 6,

    /// <summary>The native library itself is missing or does not fit; the message names the way out.</summary>
    Unavailable = 100,
}
