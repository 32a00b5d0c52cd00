namespace Fovea;

/// <summary>A random change of one sample that takes other rows in. Runs on the loader's threads, so it must hold no state.</summary>
internal abstract record GroupStep : AugmentationStep
{
    /// <param name="sample">Changed in place.</param>
    /// <param name="others">All rows; which of them are taken must follow from <paramref name="random"/> alone.</param>
    /// <param name="random">Seeded by (seed, epoch, row), so the result does not depend on threads or order.</param>
    public abstract void Apply(Sample sample, ISampleSource others, Random random);
}
