using Fovea.Autoencoding.Losses;
using Fovea.Autoencoding.Networks;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Autoencoding;

/// <summary>From decoded images to codes, reconstructions and bounds, and from codes to images. May be called by several threads at once.</summary>
/// <param name="network">In eval mode.</param>
/// <param name="model">What it is.</param>
/// <param name="device">Where it is.</param>
/// <param name="noise">What its input is corrupted by; null for nothing.</param>
/// <param name="seed">Of that noise.</param>
internal sealed class AutoencoderPredictor(AutoencoderNetwork network, AutoencoderModel model, Device device, InputNoise? noise, int seed)
{
    /// <summary>Samples of the importance-weighted bound decoded together, times images: what fits the caches.</summary>
    private const int MostDecoded = 1024;

    private readonly PixelNormalizer _normalizer = model.CreateNormalizer();
    private readonly Precision _precision = MixedPrecision.Choose(model.Options.Precision, device);

    /// <param name="images">(N, C, H, W), uint8, on the CPU.</param>
    public AutoencoderPrediction[] Predict(Tensor images)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var target = _normalizer.Normalize(images.to(device));                          // (N, C, H, W), in [0, 1]
        var seeds = Seeds(images);
        var (input, seen) = noise is null ? (target, null) : Corrupt(images, seeds);
        var (mean, logVariance) = Encode(input);                                        // (N, Z)
        var pictures = Decode(mean).sigmoid();                                          // (N, C, H, W)
        var errors = Values((pictures - target).square().mean([1, 2, 3]));              // (N,)
        var (codes, bytes, seenBytes) = (Rows(mean), Images(pictures), seen is null ? null : Images(seen));
        var variances = logVariance is null ? null : Rows(logVariance.exp());
        var (likelihoods, divergences, bounds) = logVariance is null ? ([], [], []) : Bounds(target, mean, logVariance, seeds);
        return [.. Enumerable.Range(0, codes.Length).Select(n => new AutoencoderPrediction
        {
            Latent = codes[n],
            Variance = variances?[n] ?? [],
            Reconstruction = bytes[n],
            Seen = seenBytes?[n] ?? [],
            Error = errors[n],
            NegativeLogLikelihood = likelihoods.Length > 0 ? likelihoods[n] : 0,
            Divergence = divergences.Length > 0 ? divergences[n] : 0,
            ImportanceBound = bounds.Length > 0 ? bounds[n] : 0,
        })];
    }

    /// <param name="codes">(N, Z) float32, on the CPU.</param>
    /// <returns>(H, W, C) each.</returns>
    public byte[][] ToImages(Tensor codes)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return Images(Decode(codes.to(device)).sigmoid());
    }

    /// <summary>Mean squared differences of a batch's reconstructions alone, for the threshold.</summary>
    /// <param name="images">(N, C, H, W), uint8.</param>
    public float[] Errors(Tensor images)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var target = _normalizer.Normalize(images.to(device));
        return Values((Decode(Encode(target).Mean).sigmoid() - target).square().mean([1, 2, 3]));
    }

    private (Tensor Mean, Tensor? LogVariance) Encode(Tensor images)
    {
        using var autocast = MixedPrecision.Enter(_precision, device);
        var (mean, logVariance) = network.Encode(images);
        return (mean.to(ScalarType.Float32), logVariance?.to(ScalarType.Float32));
    }

    /// <returns>Logits (N, C, H, W), float32.</returns>
    private Tensor Decode(Tensor codes)
    {
        using var autocast = MixedPrecision.Enter(_precision, device);
        return network.Decode(codes).to(ScalarType.Float32);
    }

    /// <summary>What is drawn for an image follows from its pixels, so that it does not depend on the other rows.</summary>
    private uint[] Seeds(Tensor images)
    {
        using var scope = NewDisposeScope();
        var bytes = images.contiguous().data<byte>().ToArray();
        var size = bytes.Length / (int)images.size(0);
        // LibTorch's generator on the CPU takes 32 bits of a seed; the factor is odd, so different seeds stay different.
        return [.. Enumerable.Range(0, (int)images.size(0)).Select(n => unchecked((uint)seed * 0x9E3779B1u) ^ Crc32.Of(bytes.AsSpan(n * size, size)))];
    }

    /// <summary>Rounded to 8 bits, so that what the network sees is what the column shows.</summary>
    private (Tensor Input, Tensor Seen) Corrupt(Tensor images, uint[] seeds)
    {
        var noisy = new Tensor[seeds.Length];
        for (var n = 0; n < seeds.Length; n++)
        {
            using var generator = new Generator(seeds[n]);
            noisy[n] = noise!.Apply(_normalizer.Normalize(images.narrow(0, n, 1).contiguous()), generator).mul_(255).round_().div_(255);
        }
        var seen = cat(noisy);                                                          // (N, C, H, W)
        return (seen.to(device), seen);
    }

    private (float[] Likelihoods, float[] Divergences, float[] Bounds) Bounds(Tensor target, Tensor mean, Tensor logVariance, uint[] seeds)
    {
        var samples = Math.Max(1, model.Options.ImportanceSamples);
        var (count, size) = (seeds.Length, model.Options.LatentSize);
        var noises = new Tensor[count];
        for (var n = 0; n < count; n++)
        {
            // Other numbers than those that corrupted the image.
            using var generator = new Generator(seeds[n] ^ 0x5BD1E995u);
            noises[n] = empty([samples, size], ScalarType.Float32).normal_(0, 1, generator);
        }
        var noise = stack(noises, 1).to(device);                                        // (K, N, Z)
        var weights = new List<Tensor>();
        Tensor? first = null;
        var atOnce = Math.Max(1, MostDecoded / count);
        for (var k = 0; k < samples; k += atOnce)
        {
            using var part = NewDisposeScope();
            var drawn = noise.narrow(0, k, Math.Min(atOnce, samples - k));              // (k, N, Z)
            var z = NormalCode.Sample(mean, logVariance, drawn);                        // (k, N, Z)
            var logits = Decode(z.flatten(0, 1));                                       // (k N, C, H, W)
            var loss = ReconstructionLoss.PerImage(logits, target.repeat(drawn.size(0), 1, 1, 1), model.Options.ChosenLikelihood, model.Options.GaussianDeviation).view(-1, count); // (k, N)
            first ??= loss[0].clone().MoveToOuterDisposeScope();
            weights.Add(NormalCode.LogWeight(loss, z, drawn, logVariance).MoveToOuterDisposeScope());
        }
        var bound = Math.Log(samples) - cat(weights).logsumexp(0);                      // (N,)
        return (Values(first!), Values(NormalCode.Divergence(mean, logVariance)), model.Options.ImportanceSamples > 0 ? Values(bound) : []);
    }

    private static float[] Values(Tensor values) => values.cpu().contiguous().data<float>().ToArray();

    private static float[][] Rows(Tensor values) => [.. Values(values).Chunk((int)values.size(1))];

    /// <param name="pictures">(N, C, H, W), in [0, 1].</param>
    /// <returns>(H, W, C) each.</returns>
    private static byte[][] Images(Tensor pictures)
    {
        var bytes = pictures.mul(255).round_().to(ScalarType.Byte).permute(0, 2, 3, 1).contiguous().cpu().data<byte>().ToArray();
        return [.. bytes.Chunk(bytes.Length / (int)pictures.size(0))];
    }
}
