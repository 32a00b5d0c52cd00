using Fovea.Data;
using Fovea.Tests.Backbones;

namespace Fovea.Tests.Augmenting;

/// <summary>Images of tests/Reference/augmentation/photometry.py, and steps done to them.</summary>
internal static class Pictures
{
    /// <returns>(H, W, C).</returns>
    public static byte[] Image(int height, int width, int channels) =>
        Array.ConvertAll(Formula.Noise("image", height * width * channels), u => (byte)Math.Floor((u + 0.5) * 256));

    public static byte[] Constant(int height, int width, int channels, byte level)
    {
        var pixels = new byte[height * width * channels];
        Array.Fill(pixels, level);
        return pixels;
    }

    public static Sample Sample(byte[] pixels, int height, int width, int channels)
    {
        var sample = new Sample(channels);
        sample.Begin(height, width, hasMask: true);
        pixels.CopyTo(sample.Pixels);
        for (var i = 0; i < sample.Mask.Length; i++)
            sample.Mask[i] = (byte)(i % 7);
        sample.Boxes.Add(new SampleBox(0.5f, 0.25f, width - 0.25f, height - 0.5f, 3));
        return sample;
    }

    public static Random Random(int seed)
    {
        var random = new RowRandom();
        random.Seed(seed, 0, 0);
        return random;
    }

    /// <summary>What a step makes of an image; that mask and boxes stay is checked with every call.</summary>
    public static byte[] Apply(SampleStep step, byte[] pixels, int height, int width, int channels, int seed = 0)
    {
        var sample = Sample(pixels, height, width, channels);
        step.Apply(sample, Random(seed));
        Assert.Equal((height, width), (sample.Height, sample.Width));
        for (var i = 0; i < sample.Mask.Length; i++)
            Assert.Equal(i % 7, sample.Mask[i]);
        Assert.Equal([new SampleBox(0.5f, 0.25f, width - 0.25f, height - 0.5f, 3)], sample.Boxes);
        return sample.Pixels.ToArray();
    }
}
