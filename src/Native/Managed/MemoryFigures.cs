using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>CPU memory of tensors above 1 KiB, where freed memory is kept (else zeros); <c>fovea_memory</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct MemoryFigures
{
    private readonly long inUse;
    private readonly long kept;
    private readonly long peak;

    /// <summary>Bytes of living tensors.</summary>
    public long InUse => inUse;

    /// <summary>Bytes kept for later tensors.</summary>
    public long Kept => kept;

    /// <summary>The most that was in use since the start, or since memory was last trimmed.</summary>
    public long Peak => peak;
}
