using Fovea.Native;
using Fovea.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Backbones;

/// <summary>Where a network's weights lie.</summary>
internal static class NetworkPlacement
{
    /// <summary>
    /// Moves a network, and where the native door is open lays out the kernels of its convolutions channels-last, as the loader lays out images:
    /// LibTorch would do so anew in every pass. Shapes and values stay as they are.
    /// </summary>
    public static void PlaceOn(this nn.Module network, Device device)
    {
        network.to(device);
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
