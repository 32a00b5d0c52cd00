using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fovea.Native;

/// <summary>
/// The functions of fovea.h on raw handles. A tensor handle is a pointer to an <c>at::Tensor</c>, in TorchSharp's package
/// too, so these serve both. Whoever gets a handle frees it; every method throws <see cref="NativeException"/> when the
/// native side refuses.
/// </summary>
public static unsafe partial class Door
{
    /// <summary>A device as one number: type in the upper bits, index in the lowest 8.</summary>
    /// <param name="type">LibTorch's number of the device type (CPU 0, CUDA 1).</param>
    /// <param name="index">Index, or -1 for the current one.</param>
    public static int Device(int type, int index = -1) => (type << 8) | (index & 255);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0)
        {
            Throw(status);
        }
    }

    [DoesNotReturn]
    internal static void Throw(int status) =>
        throw new NativeException((NativeStatus)status, NativeText.Read((buffer, capacity) => Exports.fovea_error(buffer, capacity)));

    /// <summary>UTF-8 ended by 0.</summary>
    internal static byte[] Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0'))
        {
            throw new NativeException(NativeStatus.BadArgument, "a name or path contains a character of code 0");
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>Frees whatever a result owns.</summary>
    public static void Release(in Value result)
    {
        switch (result.Tag)
        {
            case ValueTag.Tensor:
                TensorFree(result.Pointer);
                break;
            case ValueTag.Generator:
                Exports.fovea_generator_free(result.Pointer);
                break;
            case ValueTag.TensorList:
                foreach (var tensor in new ReadOnlySpan<nint>((void*)result.Pointer, result.Length))
                {
                    TensorFree(tensor);
                }

                ListFree(result.Pointer);
                break;
            case ValueTag.String or ValueTag.IntList or ValueTag.DoubleList or ValueTag.BoolList:
                ListFree(result.Pointer);
                break;
        }
    }

    private static void SameLength(ReadOnlySpan<nint> list, int length, string name)
    {
        if (!list.IsEmpty && list.Length != length)
        {
            throw new ArgumentException($"{name} has {list.Length} entries; {length} are wanted, or none", name);
        }
    }
}
