using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>A copy of a network's parameters and buffers, on its device, written over and over into the same memory.</summary>
internal sealed class WeightSnapshot(nn.Module network) : IDisposable
{
    private readonly Dictionary<string, Tensor> _copies = [];

    /// <summary>Whether there is anything to restore.</summary>
    public bool IsTaken => _copies.Count > 0;

    public void Take() => EachTensor((name, tensor) =>
    {
        if (_copies.TryGetValue(name, out var copy))
            copy.copy_(tensor);
        else
            _copies[name] = tensor.detach().clone().DetachFromDisposeScope();
    });

    public void Restore() => EachTensor((name, tensor) => tensor.copy_(_copies[name]));

    public void Dispose()
    {
        foreach (var copy in _copies.Values)
            copy.Dispose();
        _copies.Clear();
    }

    private void EachTensor(Action<string, Tensor> action)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, tensor) in network.state_dict())
            action(name, tensor);
    }
}
