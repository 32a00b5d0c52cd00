using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Segmentation;

/// <summary>Makes images fit a network that takes multiples of its stride only: padded on the right and below, the logits cut back.</summary>
internal static class StridePadding
{
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="network">(N, C, H', W') to (N, K, H', W').</param>
    /// <param name="stride">H' and W' are the next multiples of it.</param>
    /// <param name="least">The smallest H' and W', a multiple of <paramref name="stride"/>.</param>
    /// <returns>(N, K, H, W).</returns>
    public static Tensor Run(Tensor x, Func<Tensor, Tensor> network, int stride, int least)
    {
        var (height, width) = (x.size(2), x.size(3));
        var (down, right) = (Missing(height, stride, least), Missing(width, stride, least));
        if (down == 0 && right == 0)
            return network(x);
        // Mirrored, so that the border shows the network nothing it does not know; a mirror cannot be as long as the image.
        var mode = down < height && right < width ? PaddingModes.Reflect : PaddingModes.Replicate;
        return network(nn.functional.pad(x, [0, right, 0, down], mode)).narrow(2, 0, height).narrow(3, 0, width);
    }

    private static long Missing(long size, int stride, int least) => Math.Max((size + stride - 1) / stride * stride, least) - size;
}
