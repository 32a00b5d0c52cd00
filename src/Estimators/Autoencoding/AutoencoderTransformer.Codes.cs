using Fovea.Autoencoding;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea;

public sealed partial class AutoencoderTransformer
{
    /// <summary>The code of an image; of the variational kind its mean.</summary>
    /// <param name="image">Of any size; the caller's.</param>
    /// <returns>(Z,).</returns>
    public float[] Encode(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _rows.Predict(image).Latent;
    }

    /// <summary>The image of a code. The caller's to dispose.</summary>
    /// <param name="latent">(Z,), finite.</param>
    /// <exception cref="ArgumentException">It has another length, or a number that is not finite.</exception>
    public MLImage Decode(IReadOnlyList<float> latent)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return Decode([latent])[0];
    }

    /// <summary>The images of codes, made together. The caller's to dispose.</summary>
    /// <param name="latents">(Z,) each, finite.</param>
    /// <exception cref="ArgumentException">One has another length, or a number that is not finite; the message says which.</exception>
    public IReadOnlyList<MLImage> Decode(IReadOnlyList<IReadOnlyList<float>> latents) =>
        [.. Pixels(latents).Select(p => AutoencoderColumns.ToImage(p, _model.Input))];

    /// <summary>New images: codes drawn from the standard normal distribution, decoded. The caller's to dispose.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">The same seed gives the same images, on one device and one number of threads.</param>
    /// <exception cref="InvalidOperationException">The model is not variational: nothing says which codes are likely.</exception>
    public IReadOnlyList<MLImage> Sample(int count, int seed = 0) => Decode(DrawCodes(count, seed));

    /// <summary>Images on the straight line from one image's code to another's, of the variational kind from mean to mean; both ends are among them. The caller's to dispose.</summary>
    /// <param name="from">Where the line begins; the caller's.</param>
    /// <param name="to">Where it ends; the caller's.</param>
    /// <param name="steps">Images on it, at least 2.</param>
    public IReadOnlyList<MLImage> Interpolate(MLImage from, MLImage to, int steps) => Decode(Line(from, to, steps));

    internal IReadOnlyList<float[]> DrawCodes(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!Options.IsVariational)
            throw new InvalidOperationException($"Images can be drawn of a {nameof(AutoencoderKind.Variational)} autoencoder; this one's kind is {Options.Kind}, whose codes follow no known distribution. Decode a code of your own, or train with {nameof(AutoencoderOptions.Kind)} = {nameof(AutoencoderKind.Variational)}.");
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        return [.. empty([count, Options.LatentSize], ScalarType.Float32).normal_(0, 1, generator).data<float>().ToArray().Chunk(Options.LatentSize)];
    }

    internal IReadOnlyList<float[]> Line(MLImage from, MLImage to, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        var (a, b) = (Encode(from), Encode(to));
        return [.. Enumerable.Range(0, steps).Select(i => a.Zip(b, (x, y) => x + (y - x) * i / (steps - 1)).ToArray())];
    }

    /// <returns>(H, W, C) of each.</returns>
    internal IReadOnlyList<byte[]> Pixels(IReadOnlyList<IReadOnlyList<float>> latents)
    {
        ArgumentNullException.ThrowIfNull(latents);
        for (var i = 0; i < latents.Count; i++)
        {
            var latent = latents[i] ?? throw new ArgumentException($"The code {i} is null.", nameof(latents));
            if (latent.Count != Options.LatentSize)
                throw new ArgumentException($"A code of this model has {Options.LatentSize} numbers; the code {i} has {latent.Count}.", nameof(latents));
            for (var j = 0; j < latent.Count; j++)
                if (!float.IsFinite(latent[j]))
                    throw new ArgumentException($"A code must be finite; number {j} of the code {i} is {latent[j]}.", nameof(latents));
        }
        var images = new List<byte[]>(latents.Count);
        foreach (var part in latents.Chunk(Math.Max(1, Options.BatchSize)))
        {
            using var scope = NewDisposeScope();
            images.AddRange(_predictor.ToImages(tensor(part.SelectMany(l => l).ToArray(), [part.Length, Options.LatentSize])));
        }
        return images;
    }
}
