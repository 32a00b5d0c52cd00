using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>Owns the names and tensors read from a PyTorch file.</summary>
public sealed class DictHandle : SafeHandle
{
    internal DictHandle(nint dict)
        : base(0, ownsHandle: true) => SetHandle(dict);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Exports.fovea_dict_free(handle);
        return true;
    }
}
