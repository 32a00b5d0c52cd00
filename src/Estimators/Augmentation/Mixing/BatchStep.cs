namespace Fovea;

/// <summary>
/// A random change that needs other images of the batch: each image is mixed with a partner, and the label with it. Comes after
/// every <see cref="SampleStep"/>. Runs on the loader's threads, so it must hold no state.
/// </summary>
internal abstract record BatchStep : AugmentationStep
{
    /// <summary>How likely an image is mixed by this step, in [0, 1].</summary>
    public abstract double Probability { get; }

    /// <summary>Mixes the partner into an image.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="partner">Another image of the batch, as it was before any mixing. Of the same size.</param>
    /// <param name="layout">How both lie in memory.</param>
    /// <param name="random">Seeded by (seed, epoch, batch).</param>
    /// <returns>The share of the image's own label, in [0, 1]; the partner's label has the rest.</returns>
    public abstract float Mix(Span<byte> image, ReadOnlySpan<byte> partner, BatchLayout layout, Random random);
}
