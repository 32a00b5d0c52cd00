using Fovea.Native;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Storage;

/// <summary>State dicts that <c>torch.save</c> wrote (a pickle in a zip), read by LibTorch's own reader, which runs no code of the file.</summary>
internal static class PyTorchFile
{
    /// <returns>By name in the order of the file; on the CPU. The caller's to dispose.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else.</exception>
    /// <exception cref="NotSupportedException">The native door cannot be used.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        if (NativeDoor.WhyClosed is { } why)
            throw new NotSupportedException($"'{path}' is a file of torch.save, which only the native door can read, and it cannot be used: {why} "
                + "Or convert it in Python: safetensors.torch.save_file(torch.load(path), 'weights.safetensors').");
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            using var dict = Door.DictRead(path);
            var count = Door.DictCount(dict);
            for (var i = 0; i < count; i++)
                tensors.Add(Door.DictName(dict, i), Tensor.UnsafeCreateTensor(Door.DictTensor(dict, i)).DetachFromDisposeScope());
            return tensors;
        }
        catch (Exception e) when (e is NativeException or ArgumentException)
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw new InvalidDataException($"'{path}' cannot be read as a state dict: {e.Message}", e);
        }
    }
}
