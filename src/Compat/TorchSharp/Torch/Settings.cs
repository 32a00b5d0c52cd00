using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    public static string __version__ => LibTorch.Describe().Version.ToString();

    public static int get_num_threads() => LibTorch.Threads;

    public static void set_num_threads(int num) => LibTorch.Threads = num;

    public static bool is_tensor(object obj) => obj is Tensor;

    /// <summary>Errors come as exceptions when they happen; there is none to look for.</summary>
    public static void CheckForErrors()
    {
    }
}
