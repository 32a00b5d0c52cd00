using System.Text;

namespace Fovea.Data;

/// <summary>What a file is, by its first bytes; names are not trusted.</summary>
internal static class ImageSignature
{
    public enum Format { Unknown, Jpeg, Png, Pnm, Other }

    public static Format Of(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Format.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Format.Png,
        [(byte)'P', (byte)'5' or (byte)'6', (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r', ..] => Format.Pnm,
        [(byte)'B', (byte)'M', ..] => Format.Other,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => Format.Other,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => Format.Other,
        _ => Format.Unknown,
    };

    /// <summary>Why a file of unknown format is none of those that can be read.</summary>
    public static string Describe(ReadOnlySpan<byte> file)
    {
        if (file.Length == 0)
            return "it is empty";
        var start = file[..Math.Min(file.Length, 12)];
        var isText = start.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
        var shown = isText ? $"the text \"{Encoding.ASCII.GetString(start)}\"" : $"the bytes {Convert.ToHexString(start)}";
        return $"it begins with {shown}, which is no JPEG, PNG, PGM/PPM, BMP, GIF or WebP";
    }
}
