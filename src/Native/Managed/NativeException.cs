using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>A native call failed. The message is the native one: LibTorch's own, or what the codec found in the file.</summary>
/// <remarks>An <see cref="ExternalException"/>, because that is what TorchSharp throws and its callers catch.</remarks>
public sealed class NativeException : ExternalException
{
    /// <summary>Creates the exception for a status and its message.</summary>
    public NativeException(NativeStatus status, string message)
        : base(message) => Status = status;

    /// <summary>Creates the exception for a status, its message and the cause.</summary>
    public NativeException(NativeStatus status, string message, Exception inner)
        : base(message, inner) => Status = status;

    /// <summary>What kind of failure it was.</summary>
    public NativeStatus Status { get; }
}
