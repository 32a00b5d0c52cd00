using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Classification;

/// <summary>Hears what the last layer of a classifier is given: its features.</summary>
internal sealed class LastFeatures : IFeatureSession
{
    private readonly Func<Tensor, Tensor> _probabilities;
    private readonly Action _stop;
    private Tensor? _heard;

    /// <param name="network">(N, C, H, W) to (N, K).</param>
    /// <param name="probabilities">Runs it on (N, C, H, W) uint8.</param>
    /// <exception cref="NotSupportedException">Its last layer with weights does not take one tensor and give one.</exception>
    public LastFeatures(nn.Module<Tensor, Tensor> network, Func<Tensor, Tensor> probabilities)
    {
        _probabilities = probabilities;
        var last = network.modules().LastOrDefault(m => m.parameters(recurse: false).Any()) as nn.Module<Tensor, Tensor>
            ?? throw new NotSupportedException("The classifier's last layer does not take one tensor and give one, so its features cannot be measured with.");
        var hook = last.register_forward_hook((_, input, output) =>
        {
            using var frozen = no_grad();
            // A layer that keeps the place: what it sees on average.
            var features = input.dim() == 4 ? input.to(ScalarType.Float32).mean([2, 3]) : input.to(ScalarType.Float32).flatten(1);
            _heard = features.clone().DetachFromDisposeScope();
            return output;
        });
        _stop = hook.remove;
    }

    public (Tensor Features, Tensor Classes) Extract(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classes = _probabilities(images).argmax(1).cpu();                             // (N,)
        using var heard = _heard!;
        return (heard.cpu().clone().MoveToOuterDisposeScope(), classes.MoveToOuterDisposeScope());
    }

    public void Dispose() => _stop();
}
