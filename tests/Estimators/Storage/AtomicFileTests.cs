using Fovea.Storage;

namespace Fovea.Tests.Storage;

public class AtomicFileTests
{
    [Fact]
    public void Write_NewAndOldFile_HasTheContent()
    {
        using var folder = new TempFolder();
        var path = folder.File("model");
        AtomicFile.Write(path, s => s.Write([1, 2, 3]));
        AtomicFile.Write(path, s => s.Write([4]));
        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_DiskFullInTheMiddle_LeavesTheOldFile()
    {
        using var folder = new TempFolder();
        var path = folder.Write("model", [7, 7]);
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, s =>
        {
            s.Write(new byte[100_000]);
            throw new IOException("No space left on device");
        }));
        Assert.Contains(path, error.Message);
        Assert.Contains("No space left", error.Message);
        Assert.Contains("unchanged", error.Message);
        Assert.Equal([7, 7], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [SkippableFact]
    public void Write_FullFileSystem_LeavesTheOldFile()
    {
        using var folder = new TempFolder();
        using var mount = TinyFileSystem.Mount(folder.Path, bytes: 64 << 10);
        var path = folder.Write("model", [7, 7]);
        Assert.Contains(path, Assert.Throws<IOException>(() => AtomicFile.Write(path, s => s.Write(new byte[1 << 20]))).Message);
        Assert.Equal([7, 7], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_OtherError_PassesAndLeavesTheOldFile()
    {
        using var folder = new TempFolder();
        var path = folder.Write("model", [7]);
        Assert.Throws<FormatException>(() => AtomicFile.Write(path, _ => throw new FormatException()));
        Assert.Equal([7], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_MissingFolder_NamesIt()
    {
        using var folder = new TempFolder();
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(folder.Path, "nowhere", "model"), _ => { })).Message);
    }

    [Fact]
    public void Write_Folder_SaysThatItIsOne()
    {
        using var folder = new TempFolder();
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.Write(folder.Path, _ => { })).Message);
    }

    [SkippableFact]
    public void Write_Link_ReplacesWhatItPointsTo()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        using var folder = new TempFolder();
        var real = folder.Write("real/model", [1]);
        File.CreateSymbolicLink(folder.File("link"), real);
        AtomicFile.Write(folder.File("link"), s => s.Write([2]));
        Assert.Equal([2], File.ReadAllBytes(real));
        Assert.NotNull(File.ResolveLinkTarget(folder.File("link"), false));
    }
}
