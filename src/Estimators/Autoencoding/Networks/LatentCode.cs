using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Autoencoding.Networks;

/// <summary>The middle of an autoencoder: fully connected layers with ReLU from F features to the code, and the same back.</summary>
internal sealed class LatentCode : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> encoder;
    private readonly Linear mean;
    private readonly Linear? logvar;
    private readonly ModuleList<Linear> decoder;

    /// <param name="features">F.</param>
    /// <param name="input">The hidden layers and the size of the code.</param>
    public LatentCode(long features, AutoencoderNetworkInput input)
        : base(nameof(LatentCode))
    {
        long[] widths = [features, .. input.HiddenWidths.Select(w => (long)w)];
        encoder = new([.. widths.Zip(widths.Skip(1), (from, to) => nn.Linear(from, to))]);
        mean = nn.Linear(widths[^1], input.LatentSize);
        logvar = input.IsVariational ? nn.Linear(widths[^1], input.LatentSize) : null;
        long[] back = [input.LatentSize, .. widths.Reverse()];
        decoder = new([.. back.Zip(back.Skip(1), (from, to) => nn.Linear(from, to))]);
        RegisterComponents();
    }

    /// <param name="x">(N, F).</param>
    /// <returns>(N, F).</returns>
    public override Tensor forward(Tensor x) => Decode(Encode(x).Mean);

    /// <param name="x">(N, F).</param>
    /// <returns>(N, Z) each; null where there is no variance.</returns>
    public (Tensor Mean, Tensor? LogVariance) Encode(Tensor x)
    {
        foreach (var layer in encoder)
            x = nn.functional.relu(layer.call(x));          // (N, hidden)
        return (mean.call(x), logvar?.call(x));             // (N, Z)
    }

    /// <param name="z">(N, Z).</param>
    /// <returns>(N, F), before any activation.</returns>
    public Tensor Decode(Tensor z)
    {
        for (var i = 0; i < decoder.Count; i++)
        {
            z = decoder[i].call(i == 0 ? z : nn.functional.relu(z));   // (N, hidden), at last (N, F)
        }
        return z;
    }
}
