using System.Globalization;
using Fovea.Autoencoding.Sheets;
using Fovea.Reporting;
using Microsoft.ML.Data;

namespace Fovea;

public sealed partial class AutoencoderTransformer
{
    /// <summary>Writes a picture of new images, as <see cref="Sample"/> makes them.</summary>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all.</param>
    /// <param name="count">Images, 1 to 10,000. Default 100.</param>
    /// <param name="seed">The same seed gives the same images.</param>
    /// <param name="title">The heading; null (default) for one that says what is shown.</param>
    /// <exception cref="InvalidOperationException">The model is not variational.</exception>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, or the count is out of its bounds.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveSampleSheet(string path, int count = 100, int seed = 0, string? title = null)
    {
        PictureFile.Require(path);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 10_000);
        var pictures = Pictures(DrawCodes(count, seed));
        new ImageGrid
        {
            Title = title ?? "Samples",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{count} codes of {Options.LatentSize} from the standard normal distribution, seed {seed}"),
            Rows = [.. pictures.Chunk((int)Math.Ceiling(Math.Sqrt(count))).Select(row => new ImageGridRow(null, row))],
        }.Save(path);
    }

    /// <summary>Writes a picture with a row for each pair of images: the one, what lies between by <see cref="Interpolate"/>, the other.</summary>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all.</param>
    /// <param name="pairs">The images, 1 to 1,000 pairs; the caller's.</param>
    /// <param name="steps">Images between and at the ends, 2 to 100. Default 9.</param>
    /// <param name="title">The heading; null (default) for one that says what is shown.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, or a number is out of its bounds.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveInterpolationSheet(string path, IReadOnlyList<(MLImage From, MLImage To)> pairs, int steps = 9, string? title = null)
    {
        PictureFile.Require(path);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs.Count, 1, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs.Count, 1000, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, 100);
        var reader = new PictureReader(_model.Input);
        var rows = new List<ImageGridRow>();
        foreach (var (from, to) in pairs)
            rows.Add(new(null, [reader.Read(from), .. Pictures(Line(from, to, steps)), reader.Read(to)]) { Apart = [1, steps + 1] });
        new ImageGrid
        {
            Title = title ?? "Interpolation",
            Subtitle = "left and right the images, between them the line between their codes",
            Rows = rows,
        }.Save(path);
    }

    /// <summary>
    /// Writes a picture of what a plane of codes decodes to: a grid over the two directions, of the variational kind at equally likely steps of the
    /// normal distribution, else evenly from −3 to 3.
    /// </summary>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all.</param>
    /// <param name="steps">Images along each side, 2 to 100. Default 20.</param>
    /// <param name="title">The heading; null (default) for one that says what is shown.</param>
    /// <exception cref="InvalidOperationException">The code has not two numbers.</exception>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, or the steps are out of their bounds.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveLatentPlane(string path, int steps = 20, string? title = null)
    {
        PictureFile.Require(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, 100);
        if (Options.LatentSize != 2)
            throw new InvalidOperationException($"The latent plane is of models with two latent numbers; this one has {Options.LatentSize}. {nameof(SaveInterpolationSheet)} shows lines through any.");
        var (places, pictures) = Plane(steps);
        new ImageGrid
        {
            Title = title ?? "Latent plane",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"first number left to right, second bottom to top, each from {places[0]:0.00} to {places[^1]:0.00}{(Options.IsVariational ? " in equally likely steps" : "")}"),
            Rows = [.. pictures.Chunk(steps).Select(row => new ImageGridRow(null, row))],
            Gap = 0,
        }.Save(path);
    }

    /// <summary>What a plane of codes decodes to, from the upper left on, and the places of both numbers, ascending.</summary>
    internal (float[] Places, IReadOnlyList<Canvas> Pictures) Plane(int steps)
    {
        var places = Enumerable.Range(0, steps).Select(i => (float)(Options.IsVariational ? NormalQuantile.Of((i + 0.5) / steps) : -3 + 6.0 * i / (steps - 1))).ToArray();
        return (places, Pictures([.. places.Reverse().SelectMany(y => places.Select(x => new[] { x, y }))]));
    }

    /// <summary>What codes decode to.</summary>
    internal IReadOnlyList<Canvas> Pictures(IReadOnlyList<float[]> codes) =>
        [.. Pixels(codes).Select(p => new Canvas(_model.Input.Width, _model.Input.Height, _model.Input.Channels, p))];
}
