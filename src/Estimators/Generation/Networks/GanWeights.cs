using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>First weights as the DCGAN paper has them: normal with a standard deviation of 0.02, around 1 for batch norm's scale.</summary>
internal static class GanWeights
{
    public static void Begin(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.zero_();
            else
                // What has one dimension scales the maps of a batch norm.
                parameter.normal_(parameter.dim() == 1 ? 1 : 0, 0.02);
        }
    }
}
