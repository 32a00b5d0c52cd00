using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>
/// Predicts an image that is too large at once: in tiles that overlap, whose scores run into each other where they do. Only one row
/// of tiles is held, so memory grows with the image's width and not with its height.
/// </summary>
/// <param name="tile">Side of a tile in pixels, a multiple of <paramref name="stride"/>.</param>
/// <param name="overlap">Pixels that neighbors share at least, 0 or more and below half a tile.</param>
/// <param name="stride">The network's; tiles begin at multiples of it, so that pooling meets the same pixels as in the whole image.</param>
/// <remarks>
/// Of the shared pixels each tile alone decides the three eighths that are farther from its own edge; in the quarter between, its
/// weight falls from 1 to 0. So a tile's score counts nowhere nearer to its edge than 3/8 of the overlap, and where the network looks no
/// farther than that, the result is that of the whole image.
/// </remarks>
internal sealed class TiledPrediction(int tile, int overlap, int stride)
{
    private readonly int _step = (tile - overlap) / stride * stride;

    /// <summary>Pixels that two neighbors share. The last tile may be shorter than the others, but never as short as this.</summary>
    private int Shared => tile - _step;

    /// <summary>Where the tiles of a side begin.</summary>
    /// <param name="size">Pixels of the side.</param>
    internal int[] Begins(int size)
    {
        var begins = new List<int> { 0 };
        while (begins[^1] + tile < size)
            begins.Add(begins[^1] + _step);
        return [.. begins];
    }

    /// <summary>Hands the scores on from top to bottom, as they become final.</summary>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="classes">K.</param>
    /// <param name="read">Rows [y, y + h) and columns [x, x + w) of the image as (1, C, h, w).</param>
    /// <param name="network">(1, C, h, w) to scores (1, K, h, w), on whatever device.</param>
    /// <param name="take">Called with the first row and (K, h, W) float32 on the CPU, which holds until it returns.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public void Run(int height, int width, int classes, Func<int, int, int, int, Tensor> read, Func<Tensor, Tensor> network, Action<int, Tensor> take, CancellationToken cancellation = default)
    {
        var rows = Begins(height);
        var columns = Begins(width);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        using var sums = zeros(classes, Math.Min(tile, height), width);     // (K, tile, W)
        for (var i = 0; i < rows.Length; i++)
        {
            var (y, h) = (rows[i], Math.Min(tile, height - rows[i]));
            for (var j = 0; j < columns.Length; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var step = NewDisposeScope();
                var (x, w) = (columns[j], Math.Min(tile, width - columns[j]));
                var scores = network(read(y, x, h, w)).to(ScalarType.Float32).cpu().squeeze(0);                        // (K, h, w)
                var weight = Weights(h, i > 0, i < rows.Length - 1).unsqueeze(1)
                    * Weights(w, j > 0, j < columns.Length - 1).unsqueeze(0);                 // (h, w)
                sums.narrow(1, 0, h).narrow(2, x, w).add_(scores.mul_(weight));
            }
            // What the next row of tiles does not touch is final.
            var done = i < rows.Length - 1 ? _step : h;
            take(y, sums.narrow(1, 0, done));
            if (i == rows.Length - 1)
                return;
            using var rest = sums.narrow(1, done, h - done).clone();
            sums.zero_();
            sums.narrow(1, 0, h - done).copy_(rest);
        }
    }

    /// <summary>A tile's weight along one side; those of neighbors add up to 1.</summary>
    private Tensor Weights(int size, bool hasBefore, bool hasNext)
    {
        var weights = new float[size];
        for (var i = 0; i < size; i++)
            weights[i] = (hasBefore && i < Shared ? Ramp(i) : 1) * (hasNext && i >= _step ? 1 - Ramp(i - _step) : 1);
        return tensor(weights);
    }

    /// <summary>0 up to 3/8 of the shared pixels, 1 from 5/8 on.</summary>
    private float Ramp(int i) => Math.Clamp(((i + 0.5f) / Shared - 0.375f) * 4, 0, 1);
}
