using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>
/// Layers one behind the other, among them convolutions with batch norms and ReLUs that can be folded. It is no module: the layers are those of a
/// <see cref="Sequential"/> or a list that is a field of whoever owns this, which gives them their keys.
/// </summary>
internal sealed class LayerSequence
{
    private readonly List<Func<Tensor, Tensor>> _steps = [];
    private readonly List<ConvolutionNorm> _convolutions = [];

    /// <param name="layers">In their order; of a convolution the next may be its batch norm, and behind that a ReLU.</param>
    public LayerSequence(IEnumerable<nn.Module<Tensor, Tensor>> layers)
    {
        var left = new Queue<nn.Module<Tensor, Tensor>>(layers);
        while (left.TryDequeue(out var layer))
        {
            if (layer is Conv2d convolution)
            {
                var folding = new ConvolutionNorm(convolution, Next<BatchNorm2d>(), Next<ReLU>());
                _convolutions.Add(folding);
                _steps.Add(folding.Call);
            }
            else
            {
                _steps.Add(layer.call);
            }
        }

        T? Next<T>() where T : nn.Module<Tensor, Tensor> => left.TryPeek(out var next) && next is T ? (T)left.Dequeue() : null;
    }

    public static LayerSequence Of(Sequential layers) => new(layers.children().Cast<nn.Module<Tensor, Tensor>>());

    public IReadOnlyList<ConvolutionNorm> ConvolutionNorms => _convolutions;

    /// <summary>What a step no longer needs is freed at once where no gradient is wanted.</summary>
    /// <param name="x">(N, C, H, W); stays the caller's.</param>
    /// <returns>What the last layer makes of it.</returns>
    public Tensor Call(Tensor x)
    {
        var y = x;
        foreach (var step in _steps)
        {
            var before = y;
            y = step(before);
            if (!ReferenceEquals(before, x) && !ReferenceEquals(before, y))
                before.Dispose();
        }
        return y;
    }
}
