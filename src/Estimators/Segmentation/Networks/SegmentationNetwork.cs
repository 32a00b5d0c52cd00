using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// A network that tells the class of every pixel: (N, C, H, W) float32 to logits (N, K, H, W). H and W are multiples of
/// <see cref="Stride"/> and at least <see cref="MinimumSize"/>; the caller pads.
/// </summary>
internal abstract class SegmentationNetwork : nn.Module<Tensor, Tensor>
{
    private readonly bool _any;

    /// <param name="name">Of the module.</param>
    /// <param name="stride">See <see cref="Stride"/>.</param>
    /// <param name="minimumSize">See <see cref="MinimumSize"/>.</param>
    /// <param name="any">It works with other sizes too, as the network it is made after does; its grid is then stretched a little over the image.</param>
    protected SegmentationNetwork(string name, int stride, int minimumSize, bool any = false)
        : base(name)
    {
        Stride = stride;
        MinimumSize = minimumSize;
        _any = any;
    }

    /// <summary>Height and width must be multiples of it, pixels.</summary>
    public int Stride { get; }

    /// <summary>The smallest height and width, pixels; batch norm then has several values to a map even for one image.</summary>
    public int MinimumSize { get; }

    /// <summary>The smallest batch to train on: 2 where a batch norm sees one value an image.</summary>
    public virtual int MinimumBatch => 1;

    /// <summary>The layers whose shape follows from K, by the beginnings of their keys: they begin anew when other classes are learned.</summary>
    public abstract IReadOnlyList<string> ClassLayers { get; }

    /// <returns>Logits (N, K, H, W).</returns>
    public sealed override Tensor forward(Tensor x) => Run(x, auxiliary: false).Logits;

    /// <summary>For training: the logits and those of the second head, of the same shape; null where the network was built without one.</summary>
    public (Tensor Logits, Tensor? Auxiliary) ForwardWithAuxiliary(Tensor x) => Run(x, auxiliary: true);

    /// <summary>What the network is. A size it cannot take never comes here.</summary>
    protected abstract (Tensor Logits, Tensor? Auxiliary) Compute(Tensor x, bool auxiliary);

    /// <summary>
    /// Normal weights of variance 2 / fan-in for all convolutions (He et al., 2015, https://arxiv.org/abs/1502.01852), in the
    /// order of PyTorch's <c>modules()</c>, so that one seed gives its weights; TorchSharp's lists all children before any grandchild.
    /// </summary>
    protected void InitializeConvolutions()
    {
        Initialize(this);

        static void Initialize(nn.Module module)
        {
            if (module is TorchSharp.Modules.Conv2d convolution)
                nn.init.kaiming_normal_(convolution.weight, nonlinearity: nn.init.NonlinearityType.ReLU);
            foreach (var child in module.children())
                Initialize(child);
        }
    }

    private (Tensor Logits, Tensor? Auxiliary) Run(Tensor x, bool auxiliary)
    {
        var (height, width) = (x.size(2), x.size(3));
        if (height < MinimumSize || width < MinimumSize || (!_any && (height % Stride != 0 || width % Stride != 0)))
        {
            throw new ArgumentException($"{GetName()} takes images of at least {MinimumSize}x{MinimumSize} pixels{(_any ? "" : $" whose sides are multiples of {Stride}")}; "
                + $"got {width}x{height}. Pad them.", nameof(x));
        }
        using var scope = NewDisposeScope();
        var (logits, second) = Compute(x, auxiliary);
        return (logits.MoveToOuterDisposeScope(), second?.MoveToOuterDisposeScope());
    }
}
