using System.Diagnostics;

namespace Fovea.Tests.Storage;

/// <summary>A file system in memory that is soon full. Needs the right to mount; the test is skipped where it is missing.</summary>
internal sealed class TinyFileSystem : IDisposable
{
    private readonly string _path;

    private TinyFileSystem(string path) => _path = path;

    public static TinyFileSystem Mount(string path, int bytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root can mount");
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", path), "this machine lets nobody mount");
        return new TinyFileSystem(path);
    }

    public void Dispose() => Run("umount", _path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
