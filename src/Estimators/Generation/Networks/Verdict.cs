using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// A discriminator's last layer: w · f + b of the features f, and where it is given the class y, + v_y · f (the projection of Miyato
/// and Koyama, 2018, https://arxiv.org/abs/1802.05637), which lets it ask whether the image is one of its class.
/// </summary>
internal sealed class Verdict : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly JudgeLinear score;
    private readonly JudgeLinear? classes;

    /// <param name="features">F.</param>
    /// <param name="classCount">K; 0 for none.</param>
    /// <param name="spectralNorm">Of its weights.</param>
    public Verdict(long features, long classCount, bool spectralNorm)
        : base(nameof(Verdict))
    {
        score = new(features, 1, spectralNorm);
        // Row y is v_y. Its bias lets a class be real more often than another.
        classes = classCount > 0 ? new(features, classCount, spectralNorm) : null;
        RegisterComponents();
    }

    /// <param name="features">(N, F).</param>
    /// <param name="labels">(N, K), 0 and 1; null where there are no classes.</param>
    /// <returns>(N,), float32.</returns>
    public override Tensor forward(Tensor features, Tensor? labels)
    {
        using var scope = NewDisposeScope();
        var y = score.call(features).squeeze(1).to(ScalarType.Float32);                                // (N,)
        if (classes is not null)
            y = y + (classes.call(features).to(ScalarType.Float32) * labels!).sum(1);                  // (N,)
        return y.MoveToOuterDisposeScope();
    }
}
