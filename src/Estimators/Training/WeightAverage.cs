using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>
/// An exponential moving average of a network's parameters and buffers (Polyak and Juditsky, 1992, with Adam's weighting in time):
/// average = d average + (1 - d) weights after each step, where d grows as (1 + step) / (10 + step) up to the decay, so that
/// the first weights are soon forgotten. Counters, which are whole numbers, are copied.
/// </summary>
/// <param name="network">Whose weights are averaged.</param>
/// <param name="decay">In (0, 1).</param>
internal sealed class WeightAverage(nn.Module network, double decay) : IDisposable
{
    private (Tensor Weight, Tensor Average)[]? _pairs;
    private long _steps;

    /// <summary>Whether the network holds the average now, and this the weights.</summary>
    public bool IsInPlace { get; private set; }

    /// <summary>After an optimizer step.</summary>
    public void Update()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _pairs ??= [.. network.state_dict().Values.Select(w => (w.alias().DetachFromDisposeScope(), w.detach().clone().DetachFromDisposeScope()))];
        _steps++;
        var share = 1 - Math.Min(decay, (1.0 + _steps) / (10 + _steps));
        foreach (var (weight, average) in _pairs)
        {
            if (weight.is_floating_point())
                average.mul_(1 - share).add_(weight, alpha: share);
            else
                average.copy_(weight);
        }
    }

    /// <summary>Exchanges the network's weights with the average; a second time, they are back.</summary>
    public void Swap()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (weight, average) in _pairs ?? [])
        {
            using var kept = weight.clone();
            weight.copy_(average);
            average.copy_(kept);
        }
        IsInPlace = !IsInPlace;
    }

    public void Dispose()
    {
        foreach (var (weight, average) in _pairs ?? [])
        {
            weight.Dispose();
            average.Dispose();
        }
        _pairs = null;
    }
}
