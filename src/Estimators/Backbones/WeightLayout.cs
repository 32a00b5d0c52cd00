using Fovea.Native;
using Fovea.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>How the weights of a network lie in memory.</summary>
internal static class WeightLayout
{
    /// <summary>
    /// Before training: lays out the kernels of the convolutions channels-last, as the loader lays out images, where the native door is open. LibTorch
    /// would do so anew in every pass. Shapes and values stay as they are; gradients and an optimizer's states follow.
    /// </summary>
    public static void LayOutChannelsLast(this nn.Module network)
    {
        if (NativeDoor.WhyClosed is not null)
            return;
        using var frozen = no_grad();
        foreach (var convolution in network.modules().Prepend(network).OfType<Conv2d>())
        {
            using var scope = NewDisposeScope();
            var weight = convolution.weight;                                                                        // (O, C, h, w)
            Door.TensorSetData(weight.Handle, weight.detach().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).Handle);
        }
    }
}
