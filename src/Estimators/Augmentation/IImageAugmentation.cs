namespace Fovea;

/// <summary>One random change of an image. Runs on the loader's threads, so it must hold no state.</summary>
internal interface IImageAugmentation
{
    /// <param name="pixels">The image, height rows of width pixels of <paramref name="channels"/> bytes (interleaved); changed in place.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="scratch">As long as <paramref name="pixels"/>; holds anything.</param>
    /// <param name="random">Seeded by (seed, epoch, row), so the result does not depend on threads or order.</param>
    void Apply(Span<byte> pixels, int height, int width, int channels, Span<byte> scratch, Random random);
}
