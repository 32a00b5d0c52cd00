using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>What an image file says about itself; <c>fovea_image_header</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct ImageHeader
{
    private readonly int format;
    private readonly int width;
    private readonly int height;
    private readonly int channels;
    private readonly int bits;
    private readonly int isPalette;
    private readonly int isCmyk;
    private readonly int orientation;

    /// <summary>The file's format.</summary>
    public ImageFileFormat Format => (ImageFileFormat)format;

    /// <summary>Pixels in a row, before any rotation.</summary>
    public int Width => width;

    /// <summary>Rows, before any rotation.</summary>
    public int Height => height;

    /// <summary>As stored: 1 grey, 2 grey and alpha, 3 RGB or palette, 4 RGBA or CMYK.</summary>
    public int Channels => channels;

    /// <summary>Bits a sample, as stored: 1, 2, 4, 8 or 16.</summary>
    public int Bits => bits;

    /// <summary>Whether pixels are indices of a palette.</summary>
    public bool IsPalette => isPalette != 0;

    /// <summary>Whether pixels are CMYK or YCCK.</summary>
    public bool IsCmyk => isCmyk != 0;

    /// <summary>EXIF orientation, 1 to 8; 1 (upright) where there is none.</summary>
    public int Orientation => orientation;
}
