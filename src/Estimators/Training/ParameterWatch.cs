using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>Looks at a network's parameters and at the gradients that the last step left.</summary>
internal static class ParameterWatch
{
    private const int Ranges = 64;

    /// <summary>In the order in which the network names them.</summary>
    public static IReadOnlyList<ParameterHistogram> Of(nn.Module network)
    {
        using var frozen = no_grad();
        return [.. network.named_parameters().Select(p => new ParameterHistogram(p.name, Histogram(p.parameter), Histogram(p.parameter.grad)))];
    }

    /// <returns>Null where there are no finite numbers.</returns>
    private static ValueHistogram? Histogram(Tensor? tensor)
    {
        if (tensor is null)
            return null;
        using var scope = NewDisposeScope();
        var all = tensor.detach().to(ScalarType.Float64).flatten();
        var values = all.masked_select(all.isfinite());                                                    // (V,)
        if (values.numel() == 0)
            return null;
        // One transfer from the device for the four.
        var measures = stack([values.min(), values.max(), values.sum(), values.square().sum()]).cpu().data<double>().ToArray();
        var (min, max) = (measures[0], measures[1]);
        var ranges = max > min ? Ranges : 1;
        // Divided first, so that the difference of the largest numbers is one.
        var places = max > min ? (values / (max / 2 - min / 2) - min / (max / 2 - min / 2)) * (Ranges / 2.0) : zeros_like(values);
        var counts = places.to(ScalarType.Int64).clamp(0, ranges - 1).bincount(weights: null, minlength: ranges);  // (ranges,)
        return new() { Minimum = min, Maximum = max, Sum = measures[2], SumOfSquares = measures[3], Counts = counts.cpu().data<long>().ToArray() };
    }
}
