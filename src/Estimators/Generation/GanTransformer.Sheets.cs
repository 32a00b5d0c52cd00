using Fovea.Generation;
using Fovea.Reporting;

namespace Fovea;

public sealed partial class GanTransformer
{
    /// <summary>Writes a grid of new images as a picture; with classes and as many columns as classes, a class a column.</summary>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all.</param>
    /// <param name="rows">Images from top to bottom, 1 to 100.</param>
    /// <param name="columns">Images from left to right, 1 to 100.</param>
    /// <param name="seed">Of the latent vectors.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveSamples(string path, int rows = 10, int columns = 10, int seed = 0)
    {
        PictureFile.Require(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 100);
        Samples(rows, columns, seed).Save(path);
    }

    /// <summary>A grid of new images; with classes and as many columns as classes, a class a column.</summary>
    internal PictureGrid Samples(int rows, int columns, int seed)
    {
        var latents = LatentSource.Draw(Options, rows * columns, seed);
        return Grid(latents, i => i % columns, columns);
    }

    /// <summary>A grid of what lies between two latent vectors, a row a pair; with classes a class a row.</summary>
    internal PictureGrid Interpolations(int rows, int columns, int seed)
    {
        var ends = LatentSource.Draw(Options, 2 * rows, seed);
        return Grid([.. Enumerable.Range(0, rows).SelectMany(r => LatentPath.Between(ends[2 * r], ends[2 * r + 1], columns, Options.Prior))], i => i / columns, columns);
    }

    private PictureGrid Grid(float[][] latents, Func<int, int> label, int columns)
    {
        List<Canvas> pictures = [];
        foreach (var part in Enumerable.Range(0, latents.Length).Chunk(Options.BatchSize))
            pictures.AddRange(_predictor.Generate([.. part.Select(i => latents[i])], ClassNames.Count == 0 ? null : [.. part.Select(i => label(i) % ClassNames.Count)]).Select(p => p.ToCanvas()));
        return new(pictures, columns);
    }
}
