using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

internal static class TrainedNorm
{
    /// <summary>Numbers as training leaves them, by which no channel grows or vanishes.</summary>
    public static void Stir(BatchNorm2d norm)
    {
        using var frozen = no_grad();
        norm.weight!.uniform_(0.5, 1.5);
        norm.bias!.uniform_(-0.5, 0.5);
        norm.running_mean!.uniform_(-0.5, 0.5);
        norm.running_var!.uniform_(0.5, 2);
    }
}
