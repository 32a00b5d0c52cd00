using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Fovea.Native;

/// <summary>Finds, loads and starts the native libraries, each once, on the first call that needs it.</summary>
internal static unsafe class NativeLibraries
{
    internal const string Torch = "fovea";
    internal const string Image = "fovea_image";

    /// <summary>Raised with FOVEA_ABI in fovea.h.</summary>
    private const int Abi = 2;

    private static readonly Lazy<nint> torch = new(() => Load(Torch, "fovea_abi", StartTorch));
    private static readonly Lazy<nint> image = new(() => Load(Image, "fovea_image_abi", _ => { }));

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, (name, _, _) => name switch
    {
        Torch => torch.Value,
        Image => image.Value,
        _ => 0,
    });

    /// <summary>Runs the static constructor, and with it the registration of the resolver, before the first import is bound.</summary>
    internal static void Register()
    {
    }

    /// <summary>Null where the library is there and started, else why it is not.</summary>
    internal static string? WhyNot(string name)
    {
        try
        {
            _ = name == Torch ? torch.Value : image.Value;
            return null;
        }
        catch (NativeException e)
        {
            return e.Message;
        }
    }

    private static nint Load(string name, string abiFunction, Action<nint> start)
    {
        var tried = new StringBuilder();
        foreach (var path in Candidates(name))
        {
            if (!File.Exists(path))
            {
                tried.Append("\n  ").Append(path).Append(": not there");
                continue;
            }

            LoadNeeded(path);
            nint library;
            try
            {
                library = NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                tried.Append("\n  ").Append(e.Message.Trim());
                continue;
            }

            var abi = ((delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, abiFunction))();
            if (abi != Abi)
            {
                throw new NativeException(NativeStatus.Unavailable,
                    $"{path} speaks version {abi} of the native interface, this build of Fovea.Native version {Abi}. Build it again: ./build.sh native");
            }

            start(library);
            return library;
        }

        throw new NativeException(NativeStatus.Unavailable,
            $"The native library lib{name}.so could not be loaded. Build it with ./build.sh native, or name the folder it lies in with FOVEA_NATIVE. Tried:{tried}");
    }

    /// <summary>
    /// Loads the libraries that LibTorch names, where CMake wrote them down, one at a time. The loader seeks each symbol in all libraries that it loads
    /// together, in their order: Debian's 240 take 0.34 s together and 0.28 s in this way (LibTorch 1.13, glibc 2.36, an AMD EPYC of two cores).
    /// </summary>
    private static void LoadNeeded(string path)
    {
        var list = Path.ChangeExtension(path, ".needed");
        if (!File.Exists(list))
        {
            return;
        }

        GrowHeap();
        foreach (var name in File.ReadLines(list))
        {
            // One that cannot be loaded is named in the error of the library itself.
            NativeLibrary.TryLoad(name, out _);
        }
    }

    /// <summary>
    /// Makes room for what LibTorch's libraries allocate as they are loaded, 40 MB in small pieces. glibc gives a thread that is not the first one a heap which
    /// grows by a page at a time, 10,000 times with a fault each, and what else the process maps meanwhile waits. What is freed at the end of that heap stays
    /// with it as long as it is no more than twice the largest block that was ever mapped by itself and freed.
    /// </summary>
    private static void GrowHeap()
    {
        const nuint mapped = 31 << 20, grown = 20 << 20, page = 2 << 20;
        const int hugePages = 14; // MADV_HUGEPAGE
        NativeMemory.Free(NativeMemory.Alloc(mapped));
        void* first = NativeMemory.Alloc(grown), second = NativeMemory.Alloc(grown);
        if (NativeLibrary.TryLoad("libc.so.6", out var system) && NativeLibrary.TryGetExport(system, "madvise", out var function))
        {
            var advise = (delegate* unmanaged[Cdecl]<nuint, nuint, int, int>)function;
            foreach (var block in new[] { (nuint)first, (nuint)second })
                _ = advise((block + page - 1) / page * page, grown - page, hugePages);
        }

        NativeMemory.Free(first);
        NativeMemory.Free(second);
    }

    private static IEnumerable<string> Candidates(string name)
    {
        var file = $"lib{name}.so";
        var beside = Path.GetDirectoryName(typeof(NativeLibraries).Assembly.Location);
        yield return Path.Combine(string.IsNullOrEmpty(beside) ? AppContext.BaseDirectory : beside, file);

        // A published application keeps native files of packages in its own folder even when the assembly is elsewhere.
        if (!string.IsNullOrEmpty(beside) && Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) != beside)
        {
            yield return Path.Combine(AppContext.BaseDirectory, file);
        }

        if (Environment.GetEnvironmentVariable("FOVEA_NATIVE") is { Length: > 0 } folder)
        {
            yield return Path.Combine(folder, file);
        }
    }

    private static void StartTorch(nint library)
    {
        var start = (delegate* unmanaged[Cdecl]<int, int, int>)NativeLibrary.GetExport(library, "fovea_start");
        var status = start(0, 1);
        if (status != 0)
        {
            var error = (delegate* unmanaged[Cdecl]<byte*, nuint, nuint>)NativeLibrary.GetExport(library, "fovea_error");
            throw new NativeException(NativeStatus.Unavailable, NativeText.Read((buffer, capacity) => error(buffer, capacity)));
        }
    }
}
