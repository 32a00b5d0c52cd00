using System.Text;

namespace Fovea.Native;

/// <summary>Reads what the native side copies into a buffer of ours and ends by 0.</summary>
internal static unsafe class NativeText
{
    /// <summary>Copies a text of any length: gets a buffer and its capacity, gives the whole length.</summary>
    internal delegate nuint Copy(byte* buffer, nuint capacity);

    internal static string Read(Copy copy)
    {
        const int Usual = 1024;
        var first = stackalloc byte[Usual];
        var length = (int)copy(first, Usual);
        if (length < Usual)
        {
            return Encoding.UTF8.GetString(first, length);
        }

        var whole = new byte[length + 1];
        fixed (byte* buffer = whole)
        {
            length = Math.Min((int)copy(buffer, (nuint)whole.Length), length);
        }

        return Encoding.UTF8.GetString(whole, 0, length);
    }

    /// <summary>A fixed-size field of a native struct.</summary>
    internal static string Field(byte* field, int capacity)
    {
        var bytes = new ReadOnlySpan<byte>(field, capacity);
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
