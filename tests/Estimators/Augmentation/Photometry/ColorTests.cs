using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Fovea.Tests.Augmenting;

public class ColorTests
{
    private static readonly JsonNode Pillow = JsonNode.Parse(File.ReadAllText(TestData.Reference("augmentation/photometry.json")))!;

    [Fact]
    public void EachChange_OfEverySizeAndFactor_IsPillows()
    {
        foreach (var node in Pillow["colors"]!.AsArray())
        {
            var (height, width, channels) = ((int)node!["height"]!, (int)node["width"]!, (int)node["channels"]!);
            var amount = (double)node["amount"]!;
            var pixels = Pictures.Image(height, width, channels);
            switch ((string)node["change"]!)
            {
                case "brightness": ColorFactors.Brightness(pixels, (float)amount); break;
                case "contrast": ColorFactors.Contrast(pixels, channels, (float)amount); break;
                case "saturation": ColorFactors.Saturation(pixels, (float)amount); break;
                case "hue": HueTurn.Apply(pixels, (byte)(int)(amount * 255)); break;
                default: ColorFactors.Grey(pixels); break;
            }
            Assert.True(Convert.FromBase64String((string)node["pixels"]!).AsSpan().SequenceEqual(pixels), node.ToJsonString());
        }
    }

    [Fact]
    public void HueTurn_OfEveryColor_IsPillows()
    {
        var (colors, turned) = (new byte[3 << 24], new byte[3 << 24]);
        for (var i = 0; i < 1 << 24; i++)
            (colors[3 * i], colors[3 * i + 1], colors[3 * i + 2]) = ((byte)(i >> 16), (byte)(i >> 8), (byte)i);
        foreach (var (hue, hash) in Pillow["all hues"]!.AsObject())
        {
            colors.CopyTo(turned);
            HueTurn.Apply(turned, (byte)(int)(double.Parse(hue, System.Globalization.CultureInfo.InvariantCulture) * 255));
            Assert.Equal((string)hash!, Convert.ToHexStringLower(SHA256.HashData(turned)));
        }
    }

    [Fact]
    public void HueTurn_InVectors_IsThatOfOnePixel()
    {
        // Every fifth level of each channel, and every turn.
        var levels = Enumerable.Range(0, 52).SelectMany(r => Enumerable.Range(0, 52).SelectMany(g => Enumerable.Range(0, 52).SelectMany(b => new[] { (byte)(r * 5), (byte)(g * 5), (byte)(b * 5) }))).ToArray();
        for (var turn = 1; turn < 256; turn += 7)
        {
            var (many, single) = (levels.ToArray(), levels.ToArray());
            HueTurn.Apply(many, (byte)turn);
            for (var i = 0; i < single.Length; i += 3)
                HueTurn.Turn(single.AsSpan(i, 3), turn);
            Assert.True(single.AsSpan().SequenceEqual(many), $"turn {turn}");
        }
    }

    [Theory]
    [InlineData(1, 64, 48)]
    [InlineData(3, 64, 48)]
    [InlineData(3, 5, 3)]
    public void Jitter_OfNothing_IsTheIdentity(int channels, int height, int width)
    {
        var image = Pictures.Image(height, width, channels);
        for (var seed = 0; seed < 20; seed++)
            Assert.Equal(image, Pictures.Apply(new ColorJitter(0, 0, 0, 0, 1), image, height, width, channels, seed));
        Assert.Equal(image, Pictures.Apply(new ColorJitter(5, 5, 5, 0.5, 0), image, height, width, channels));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 0.3)]
    public void Jitter_AnySeed_DoesTheFourChangesInTheirOrder(int channels, double saturation)
    {
        var (height, width) = (13, 21);
        var image = Pictures.Image(height, width, channels);
        var orders = new HashSet<string>();
        for (var seed = 0; seed < 300; seed++)
        {
            var random = Pictures.Random(seed);
            random.NextDouble();
            int[] order = [0, 1, 2, 3];
            random.Shuffle(order);
            orders.Add(string.Concat(order));
            var brightness = (float)(0.6 + 0.8 * random.NextDouble());
            var contrast = (float)(2.5 * random.NextDouble());
            var color = (float)(1 - saturation + 2 * saturation * random.NextDouble());
            var turn = (2 * random.NextDouble() - 1) * 0.2;
            var wanted = image.ToArray();
            foreach (var change in order)
                if (change == 0)
                    ColorFactors.Brightness(wanted, brightness);
                else if (change == 1)
                    ColorFactors.Contrast(wanted, channels, contrast);
                else if (change == 2 && channels == 3)
                    ColorFactors.Saturation(wanted, color);
                else if (channels == 3)
                    HueTurn.Apply(wanted, (byte)(int)(turn * 255));
            Assert.Equal(wanted, Pictures.Apply(new ColorJitter(0.4, 1.5, saturation, 0.2, 1), image, height, width, channels, seed));
        }
        Assert.Equal(24, orders.Count);
    }

    [Fact]
    public void Brightness_OfZero_IsBlack()
    {
        var image = Pictures.Image(9, 7, 3);
        ColorFactors.Brightness(image, 0);
        Assert.All(image, p => Assert.Equal(0, p));
    }

    [Fact]
    public void MeanGrey_OfManyPixels_DoesNotOverflow()
    {
        // 8.4 million white pixels, more than one block.
        Assert.Equal(255, ColorFactors.MeanGrey(Pictures.Constant(2900, 2900, 3, 255), 3));
        var half = Pictures.Constant(2900, 2900, 3, 200);
        half.AsSpan(0, half.Length / 2).Fill(100);
        Assert.Equal(150, ColorFactors.MeanGrey(half, 3));
    }

    [Fact]
    public void Grayscale_OfARedImage_IsItsLuminance()
    {
        byte[] red = [255, 0, 0, 255, 0, 0];
        Assert.Equal([76, 76, 76, 76, 76, 76], Pictures.Apply(new RandomGrey(1), red, 1, 2, 3)); // 0.299 * 255 = 76.2
        Assert.Equal(red, Pictures.Apply(new RandomGrey(0), red, 1, 2, 3));
        Assert.Equal([7, 9], Pictures.Apply(new RandomGrey(1), [7, 9], 1, 2, 1));
    }
}
