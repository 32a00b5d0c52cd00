using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Which colors of an image a vector holds and where: in planes (C, H, W), or interleaved (H, W, C).</summary>
internal sealed class PixelLayout
{
    // A channel's place in a pixel by its letter, for both formats of MLImage.
    private const string Bgra = "BGRA";
    private const string Rgba = "RGBA";

    private readonly string _channels;

    public PixelLayout(ColorBits colors, ColorsOrder order, bool interleaved, string parameter)
    {
        Colors = colors;
        Order = order;
        Interleaved = interleaved;
        _channels = string.Concat(order.ToString().Where(letter => (colors & Bit(letter)) != 0));
        Check.Param(_channels.Length > 0, parameter, "Need to use at least one color plane.");
    }

    public ColorBits Colors { get; }

    public ColorsOrder Order { get; }

    public bool Interleaved { get; }

    /// <summary>C.</summary>
    public int Planes => _channels.Length;

    public int[] Dimensions(int height, int width) => Interleaved ? [height, width, Planes] : [Planes, height, width];

    /// <summary>For each channel of the vector the byte of a pixel that it is taken from.</summary>
    public int[] BytesOf(MLPixelFormat format) =>
        [.. _channels.Select(letter => (format == MLPixelFormat.Bgra32 ? Bgra : Rgba).IndexOf(letter))];

    /// <summary>How far apart a channel's values are in the vector, and the channels.</summary>
    public (int Pixel, int Channel) Strides(int pixels) => Interleaved ? (Planes, 1) : (1, pixels);

    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)Colors);
        writer.Write((byte)Order);
        writer.Write(Interleaved);
    }

    public static PixelLayout Load(BinaryReader reader) => new((ColorBits)reader.ReadByte(), (ColorsOrder)reader.ReadByte(), reader.ReadBoolean(), "colors");

    private static ColorBits Bit(char letter) => letter switch
    {
        'A' => ColorBits.Alpha,
        'R' => ColorBits.Red,
        'G' => ColorBits.Green,
        'B' => ColorBits.Blue,
        _ => 0,
    };
}
