using Fovea.Data;

namespace Fovea;

/// <summary>
/// Mixes the images of a batch, in place. The images stand in a circle of random order, and each may be mixed with the one behind
/// it: a partner is never the image itself, and one spare image is all the memory it takes. Holds buffers: one for each thread.
/// </summary>
/// <param name="steps">Asked in their order; the first whose probability strikes mixes the image, so no image has more than two labels.</param>
/// <param name="layout">Of the batch.</param>
internal sealed class BatchMixing(BatchStep[] steps, BatchLayout layout)
{
    private readonly RowRandom _random = new();
    private byte[] _first = [];
    private int[] _circle = [];

    /// <param name="buffer">Of one image at least. Its images are mixed, and the mixed labels and shares written.</param>
    /// <param name="seed">With epoch and batch all that decides.</param>
    /// <param name="epoch">From 0.</param>
    public void Apply(BatchBuffer buffer, int seed, int epoch)
    {
        // Rows from 0 have their own numbers, and -1 is the epoch's order.
        _random.Seed(seed, epoch, -2L - buffer.Sequence);
        var count = buffer.Count;
        if (_circle.Length < count)
            _circle = new int[count];
        var circle = _circle.AsSpan(0, count);
        for (var i = 0; i < count; i++)
            circle[i] = i;
        _random.Order(circle);

        // The last in the circle needs the first as it was.
        var size = buffer.Pixels(0).Length;
        if (_first.Length < size)
            _first = new byte[size];
        buffer.Pixels(circle[0]).CopyTo(_first);
        for (var i = 0; i < count; i++)
        {
            var image = circle[i];
            var partner = circle[(i + 1) % count];
            var share = 1f;
            if (count > 1 && Draw() is { } step)
                share = step.Mix(buffer.Pixels(image), i == count - 1 ? _first.AsSpan(0, size) : buffer.Pixels(partner), layout, _random);
            buffer.SetMixed(image, buffer.Label(partner), share);
        }
    }

    private BatchStep? Draw()
    {
        foreach (var step in steps)
            if (_random.NextDouble() < step.Probability)
                return step;
        return null;
    }
}
