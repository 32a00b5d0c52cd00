namespace Fovea;

/// <summary>A random change of one sample: image, mask and boxes alike. Runs on the loader's threads, so it must hold no state.</summary>
internal abstract record SampleStep : AugmentationStep
{
    /// <param name="sample">Changed in place.</param>
    /// <param name="random">Seeded by (seed, epoch, row), so the result does not depend on threads or order.</param>
    public abstract void Apply(Sample sample, Random random);
}
