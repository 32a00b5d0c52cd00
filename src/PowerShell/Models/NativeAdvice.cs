namespace Fovea.PowerShell;

/// <summary>What to do about a native library that does not load, from what the loader says of it.</summary>
internal static class NativeAdvice
{
    /// <summary>Words of loaders, and what helps. The first that occurs is taken.</summary>
    private static readonly (string Says, string Helps)[] known =
    [
        ("LibTorchSharp", "TorchSharp's native library for this system is missing. Build the module on this machine: ./build.sh module brings TorchSharp-cpu with it."),
        ("libtorch", "LibTorch is missing. On Debian and Ubuntu: sudo apt-get install libtorch-dev libopenblas0-pthread. Elsewhere build the module over the LibTorch of your PyTorch: FOVEA_LIBTORCH=FOLDER ./build.sh module."),
        ("libc10", "LibTorch is missing. On Debian and Ubuntu: sudo apt-get install libtorch-dev libopenblas0-pthread. Elsewhere build the module over the LibTorch of your PyTorch: FOVEA_LIBTORCH=FOLDER ./build.sh module."),
        ("libopenblas", "OpenBLAS is missing. On Debian and Ubuntu: sudo apt-get install libopenblas0-pthread."),
        ("libgomp", "The OpenMP runtime is missing. On Debian and Ubuntu: sudo apt-get install libgomp1."),
        ("libjpeg", "The JPEG library is missing. On Debian: sudo apt-get install libjpeg62-turbo."),
        ("libpng", "The PNG library is missing. On Debian: sudo apt-get install libpng16-16."),
        ("GLIBC", "This build wants a newer C library than the system has. Build the module on this system: ./build.sh module."),
        ("libcudart", "The CUDA runtime is missing. Install the CUDA version that this LibTorch was built for, or a LibTorch for the CPU."),
        ("version", "The native library and the module are of different versions. Build them together: ./build.sh module."),
        ("wrong ELF class", "The library is of another processor than this PowerShell. Build the module on this machine: ./build.sh module."),
        ("not there", "The module came without its native library. Build it on this machine with ./build.sh module, or name the folder of libfovea.so with the environment variable FOVEA_NATIVE."),
    ];

    public static string For(string problem)
    {
        foreach (var (says, helps) in known)
            if (problem.Contains(says, StringComparison.OrdinalIgnoreCase))
                return helps;
        return "Build the module on this machine: ./build.sh module sets up what it needs and says what it took.";
    }
}
