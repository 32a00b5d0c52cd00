using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>Owns a random number generator.</summary>
public sealed class GeneratorHandle : SafeHandle
{
    internal GeneratorHandle(nint generator)
        : base(0, ownsHandle: true) => SetHandle(generator);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Exports.fovea_generator_free(handle);
        return true;
    }
}
