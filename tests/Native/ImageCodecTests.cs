using System.Text.Json;
using Fovea.Native;

namespace Fovea.Tests.Native;

public sealed class ImageCodecTests
{
    private static readonly Lazy<Dictionary<string, ReferenceImage>> Images = new(ReferenceImage.Load);

    public ImageCodecTests() => Skip.IfNot(ImageCodec.IsAvailable, ImageCodec.WhyNotAvailable);

    public static TheoryData<string> Names => [.. ReferenceImage.Load().Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Decode_File_GivesPillowsPixels(string name)
    {
        var image = Images.Value[name];
        foreach (var wanted in image.Cases)
        {
            var pixels = ImageCodec.Decode(image.File, wanted.Request, out var width, out var height);

            Assert.Equal((wanted.Width, wanted.Height), (width, height));
            Assert.Equal(wanted.Pixels, pixels); // the same libjpeg-turbo and libpng behind both, so to the bit
        }
    }

    [SkippableTheory]
    [InlineData("jpeg", ImageFileFormat.Jpeg, 3, 8, false, false, 1)]
    [InlineData("jpeg-grey", ImageFileFormat.Jpeg, 1, 8, false, false, 1)]
    [InlineData("jpeg-cmyk", ImageFileFormat.Jpeg, 4, 8, false, true, 1)]
    [InlineData("jpeg-exif-6", ImageFileFormat.Jpeg, 3, 8, false, false, 6)]
    [InlineData("png-exif-6", ImageFileFormat.Png, 3, 8, false, false, 6)]
    [InlineData("png-grey-alpha", ImageFileFormat.Png, 2, 8, false, false, 1)]
    [InlineData("png-palette-4", ImageFileFormat.Png, 3, 4, true, false, 1)]
    [InlineData("png-1", ImageFileFormat.Png, 1, 1, false, false, 1)]
    public void Probe_File_GivesItsHeader(string name, ImageFileFormat format, int channels, int bits, bool palette, bool cmyk, int orientation)
    {
        var header = ImageCodec.Probe(Images.Value[name].File);

        Assert.Equal((19, 11), (header.Width, header.Height));
        Assert.Equal((format, channels, bits, palette, cmyk, orientation),
            (header.Format, header.Channels, header.Bits, header.IsPalette, header.IsCmyk, header.Orientation));
    }

    [SkippableFact]
    public void Probe_SixteenBits_AreTold() => Assert.Equal(16, ImageCodec.Probe(Images.Value["png-16-rgba"].File).Bits);

    [SkippableFact]
    public void Decode_JpegAsGrey_GivesItsLuma()
    {
        var file = Images.Value["jpeg"].File;
        var rgb = ImageCodec.Decode(file, new ImageRequest(), out _, out _);
        var grey = ImageCodec.Decode(file, new ImageRequest { Channels = PixelChannels.Grey }, out _, out _);

        for (var i = 0; i < grey.Length; i++)
        {
            var luma = ((0.299 * rgb[3 * i]) + (0.587 * rgb[(3 * i) + 1]) + (0.114 * rgb[(3 * i) + 2])) - grey[i];
            Assert.InRange(luma, -12, 12); // equal but where a color was outside of RGB and cut
        }
    }

    [SkippableTheory]
    [InlineData(0, 0, 8)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 3, 2)]
    [InlineData(10, 0, 4)]
    [InlineData(0, 5, 3)]
    [InlineData(12, 6, 5)]
    [InlineData(18, 1, 8)]
    [InlineData(500, 500, 8)]
    public void Size_JpegWithMinimum_IsTheSmallestScaleNotBelow(int minWidth, int minHeight, int eighths)
    {
        var request = new ImageRequest { MinWidth = minWidth, MinHeight = minHeight };

        var size = ImageCodec.Size(Images.Value["jpeg"].File, request);

        Assert.Equal((((19 * eighths) + 7) / 8, ((11 * eighths) + 7) / 8), size);
        Assert.Equal(size.Width * size.Height * 3, ImageCodec.Decode(Images.Value["jpeg"].File, request, out _, out _).Length);
    }

    [SkippableFact]
    public void Size_TurnedJpegWithMinimum_CountsInTheResultsDirections()
    {
        var request = new ImageRequest { MinWidth = 5, MinHeight = 10 };

        Assert.Equal((6, 10), ImageCodec.Size(Images.Value["jpeg-exif-6"].File, request));
        Assert.Equal((10, 6), ImageCodec.Size(Images.Value["jpeg-exif-6"].File, request with { Orient = false, MinWidth = 10, MinHeight = 5 }));
    }

    [SkippableFact]
    public void Size_PngWithMinimum_IsItsOwn() =>
        Assert.Equal((19, 11), ImageCodec.Size(Images.Value["png-rgb"].File, new ImageRequest { MinWidth = 2, MinHeight = 2 }));

    [SkippableFact]
    public void Decode_WiderStride_LeavesTheGapsAlone()
    {
        var file = Images.Value["png-rgb"].File;
        var tight = ImageCodec.Decode(file, new ImageRequest(), out var width, out var height);
        const int Stride = 64;
        var wide = new byte[(Stride * (height - 1)) + (3 * width)];
        Array.Fill(wide, (byte)0xEE);

        ImageCodec.Decode(file, new ImageRequest(), wide, Stride);

        for (var y = 0; y < height; y++)
        {
            Assert.Equal(tight.AsSpan(y * 3 * width, 3 * width), wide.AsSpan(y * Stride, 3 * width));
            if (y < height - 1)
            {
                Assert.True(wide.AsSpan((y * Stride) + (3 * width), Stride - (3 * width)).IndexOfAnyExcept((byte)0xEE) < 0);
            }
        }
    }

    [SkippableFact]
    public void Decode_NoRoom_IsRefusedAndWritesNothing()
    {
        var file = Images.Value["png-rgb"].File;
        var pixels = new byte[(19 * 11 * 3) - 1];

        Assert.Contains("627", Fails(NativeStatus.BadArgument, () => ImageCodec.Decode(file, new ImageRequest(), pixels)).Message);
        Fails(NativeStatus.BadArgument, () => ImageCodec.Decode(file, new ImageRequest(), new byte[1000], 56));
        Assert.All(pixels, value => Assert.Equal(0, value));
    }

    [SkippableFact]
    public void Decode_AboveTheLimit_IsRefusedByItsHeader()
    {
        var file = Images.Value["png-rgb"].File;

        var e = Fails(NativeStatus.TooLarge, () => ImageCodec.Decode(file, new ImageRequest { MaxPixels = 208 }, out _, out _));

        Assert.Contains("19 x 11", e.Message);
        Assert.Contains("208", e.Message);
        ImageCodec.Decode(file, new ImageRequest { MaxPixels = 209 }, out _, out _);
    }

    [SkippableFact]
    public void Decode_HeaderOfGiants_IsRefusedBeforeAllocating()
    {
        // Width and height of the PNG become 2^30; the header's checksum is made to fit.
        var png = (byte[])Images.Value["png-rgb"].File.Clone();
        (png[16], png[17], png[18], png[19]) = (0x40, 0, 0, 0);
        (png[20], png[21], png[22], png[23]) = (0x40, 0, 0, 0);
        var check = Crc32(png.AsSpan(12, 17));
        (png[29], png[30], png[31], png[32]) = ((byte)(check >> 24), (byte)(check >> 16), (byte)(check >> 8), (byte)check);
        var jpeg = (byte[])Images.Value["jpeg"].File.Clone();
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 7]) = (0xF0, 0xF0); // more than 61,440 x 61,440

        Assert.Contains("1073741824", Fails(NativeStatus.TooLarge, () => ImageCodec.Decode(png, new ImageRequest(), out _, out _)).Message);
        Fails(NativeStatus.TooLarge, () => ImageCodec.Decode(jpeg, new ImageRequest(), out _, out _));
    }

    [SkippableFact]
    public void Decode_WhatIsNoImage_SaysWhatItLooksLike()
    {
        Assert.Contains("empty", Fails(NativeStatus.BadData, () => ImageCodec.Probe([])).Message);
        Assert.Contains("GIF", Fails(NativeStatus.BadData, () => ImageCodec.Probe("GIF89a..."u8)).Message);
        Assert.Contains("WebP", Fails(NativeStatus.BadData, () => ImageCodec.Probe("RIFF....WEBP"u8)).Message);
        Assert.Contains("neither", Fails(NativeStatus.BadData, () => ImageCodec.Probe("some text"u8)).Message);
        Assert.Contains("JPEG", Fails(NativeStatus.BadData, () => ImageCodec.Probe([0xFF, 0xD8, 0xFF])).Message);
        Assert.Contains("PNG", Fails(NativeStatus.BadData, () => ImageCodec.Probe([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])).Message);
    }

    [SkippableFact]
    public void Decode_BadRequest_IsRefused()
    {
        var file = Images.Value["png-rgb"].File;

        Fails(NativeStatus.BadArgument, () => ImageCodec.Size(file, new ImageRequest { Channels = (PixelChannels)2 }));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Size(file, new ImageRequest { RawIndex = true }));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Size(file, new ImageRequest { MinWidth = -1 }));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Size(file, new ImageRequest { MaxPixels = -1 }));
        var raw = new ImageRequest { RawIndex = true, Channels = PixelChannels.Grey };
        Fails(NativeStatus.BadData, () => ImageCodec.Decode(file, raw, out _, out _));
        Fails(NativeStatus.BadData, () => ImageCodec.Decode(Images.Value["jpeg"].File, raw, out _, out _));
        Fails(NativeStatus.BadData, () => ImageCodec.Decode(Images.Value["png-16-grey"].File, raw, out _, out _));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Decode_TruncatedAnywhere_IsRefused(string name)
    {
        var file = Images.Value[name].File;
        for (var length = 0; length < file.Length; length++)
        {
            var part = file.AsSpan(0, length).ToArray();
            Fails(NativeStatus.BadData, () => ImageCodec.Decode(part, new ImageRequest(), out _, out _));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Decode_FlippedBytes_GivesPixelsOrAStatus(string name)
    {
        var file = Images.Value[name].File;
        var random = new Random(5);
        var requests = new ImageRequest[]
        {
            new() { MaxPixels = 1_000_000 },
            new() { Channels = PixelChannels.Rgba, MinWidth = 3, MaxPixels = 1_000_000 },
            new() { Channels = PixelChannels.Grey, Orient = false, MaxPixels = 1_000_000 },
        };
        for (var round = 0; round < 600; round++)
        {
            var flipped = (byte[])file.Clone();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
            }

            try
            {
                ImageCodec.Decode(flipped, requests[round % 3], out var width, out var height);
                Assert.InRange((long)width * height, 1, 1_000_000);
            }
            catch (NativeException e)
            {
                Assert.Contains(e.Status, (NativeStatus[])[NativeStatus.BadData, NativeStatus.TooLarge]);
            }
        }
    }

    [SkippableTheory]
    [InlineData(PixelChannels.Grey)]
    [InlineData(PixelChannels.Rgb)]
    [InlineData(PixelChannels.Rgba)]
    public void Encode_Png_ComesBackToTheBit(PixelChannels channels)
    {
        var pixels = Noise(7 * 5 * (int)channels);

        var file = ImageCodec.Encode(ImageFileFormat.Png, pixels, 7, 5, channels);

        Assert.Equal(pixels, ImageCodec.Decode(file, new ImageRequest { Channels = channels }, out var width, out var height));
        Assert.Equal((7, 5), (width, height));
    }

    [SkippableFact]
    public void Encode_PngWithMoreEffort_IsNotLarger()
    {
        var pixels = new byte[100 * 100];

        var stored = ImageCodec.Encode(ImageFileFormat.Png, pixels, 100, 100, PixelChannels.Grey, quality: 0);
        var packed = ImageCodec.Encode(ImageFileFormat.Png, pixels, 100, 100, PixelChannels.Grey, quality: 9);

        Assert.True(packed.Length < stored.Length / 10);
        Assert.Equal(ImageCodec.Decode(stored, new ImageRequest(), out _, out _), ImageCodec.Decode(packed, new ImageRequest(), out _, out _));
    }

    [SkippableTheory]
    [InlineData(PixelChannels.Grey)]
    [InlineData(PixelChannels.Rgb)]
    public void Encode_Jpeg_ComesBackNearly(PixelChannels channels)
    {
        // A gradient: what JPEG is made for.
        var pixels = new byte[64 * 48 * (int)channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i / (int)channels % 64 * 4);
        }

        var file = ImageCodec.Encode(ImageFileFormat.Jpeg, pixels, 64, 48, channels, quality: 95);
        var decoded = ImageCodec.Decode(file, new ImageRequest { Channels = channels }, out _, out _);

        Assert.All(pixels.Zip(decoded), pair => Assert.InRange(pair.First - pair.Second, -4, 4)); // quality 95 quantizes by up to 5
        Assert.True(ImageCodec.Encode(ImageFileFormat.Jpeg, pixels, 64, 48, channels, quality: 5).Length < file.Length);
    }

    [SkippableFact]
    public void Encode_LargeNoise_OutgrowsItsFirstBuffer()
    {
        var pixels = Noise(400 * 300 * 3);

        var jpeg = ImageCodec.Encode(ImageFileFormat.Jpeg, pixels, 400, 300, PixelChannels.Rgb, quality: 100);
        var png = ImageCodec.Encode(ImageFileFormat.Png, pixels, 400, 300, PixelChannels.Rgb);

        Assert.True(jpeg.Length > 2 * 65536);
        Assert.Equal((400, 300), ImageCodec.Size(jpeg, new ImageRequest()));
        Assert.Equal(pixels, ImageCodec.Decode(png, new ImageRequest(), out _, out _));
    }

    [SkippableFact]
    public void Encode_Stride_SkipsTheGaps()
    {
        byte[] padded = [1, 2, 99, 3, 4];

        var file = ImageCodec.Encode(ImageFileFormat.Png, padded, 2, 2, PixelChannels.Grey, stride: 3);

        Assert.Equal([1, 2, 3, 4], ImageCodec.Decode(file, new ImageRequest { Channels = PixelChannels.Grey }, out _, out _));
    }

    [SkippableFact]
    public void Encode_BadArguments_AreRefused()
    {
        Fails(NativeStatus.BadArgument, () => ImageCodec.Encode(ImageFileFormat.Jpeg, new byte[4], 1, 1, PixelChannels.Rgba));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Encode(ImageFileFormat.Jpeg, new byte[4], 1, 1, PixelChannels.Grey, quality: 0));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Encode(ImageFileFormat.Jpeg, new byte[4], 1, 1, PixelChannels.Grey, quality: 101));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Encode(ImageFileFormat.Png, new byte[4], 1, 1, PixelChannels.Grey, quality: 10));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Encode(ImageFileFormat.Png, new byte[4], 1, 1, (PixelChannels)2));
        Fails(NativeStatus.BadArgument, () => ImageCodec.Encode((ImageFileFormat)3, new byte[4], 1, 1, PixelChannels.Grey));
        Assert.Contains("65500", Fails(NativeStatus.BadArgument, () => ImageCodec.Encode(ImageFileFormat.Jpeg, new byte[70000], 70000, 1, PixelChannels.Grey)).Message);
        Assert.Throws<ArgumentException>(() => ImageCodec.Encode(ImageFileFormat.Png, new byte[3], 2, 2, PixelChannels.Grey));
        Assert.Throws<ArgumentException>(() => ImageCodec.Encode(ImageFileFormat.Png, new byte[9], 2, 2, PixelChannels.Grey, stride: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageCodec.Encode(ImageFileFormat.Png, new byte[3], 0, 2, PixelChannels.Grey));
    }

    [SkippableFact]
    public void EncodeIndex_WithPalette_GivesIndicesAndColors()
    {
        byte[] indices = [0, 1, 2, 1, 0, 2], palette = [255, 0, 0, 0, 255, 0, 10, 20, 30];

        var file = ImageCodec.EncodeIndex(indices, 3, 2, palette);

        Assert.True(ImageCodec.Probe(file).IsPalette);
        Assert.Equal(indices, ImageCodec.Decode(file, new ImageRequest { Channels = PixelChannels.Grey, RawIndex = true }, out _, out _));
        Assert.Equal([255, 0, 0, 0, 255, 0, 10, 20, 30], ImageCodec.Decode(file, new ImageRequest(), out _, out _)[..9]);
    }

    [SkippableFact]
    public void EncodeIndex_WithoutPalette_IsGrey()
    {
        byte[] indices = [0, 7, 255, 3];

        var file = ImageCodec.EncodeIndex(indices, 2, 2);

        Assert.False(ImageCodec.Probe(file).IsPalette);
        Assert.Equal(indices, ImageCodec.Decode(file, new ImageRequest { Channels = PixelChannels.Grey, RawIndex = true }, out _, out _));
    }

    [SkippableFact]
    public void EncodeIndex_IndexWithoutColor_IsNamed()
    {
        Assert.Contains("(1, 0)", Fails(NativeStatus.BadArgument, () => ImageCodec.EncodeIndex([0, 2], 2, 1, new byte[6])).Message);
        Assert.Throws<ArgumentException>(() => ImageCodec.EncodeIndex([0], 1, 1, new byte[4]));
        Fails(NativeStatus.BadArgument, () => ImageCodec.EncodeIndex([0], 1, 1, new byte[257 * 3]));
    }

    [SkippableFact]
    public void Decode_FromManyThreads_IsTheSame()
    {
        var image = Images.Value["jpeg-progressive"];
        var wanted = ImageCodec.Decode(image.File, new ImageRequest(), out _, out _);

        Parallel.For(0, 200, i =>
        {
            Assert.Equal(wanted, ImageCodec.Decode(image.File, new ImageRequest(), out _, out _));
            Assert.Contains("GIF", Assert.Throws<NativeException>(() => ImageCodec.Probe("GIF89a"u8)).Message);
        });
    }

    private static NativeException Fails(NativeStatus status, Action call)
    {
        var e = Assert.Throws<NativeException>(call);
        Assert.Equal(status, e.Status);
        return e;
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
