using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>State dicts and the files of modules.</summary>
public class StateDictTests
{
    [Fact]
    public void StateDict_HasParametersBeforeBuffers_AndThePrefix()
    {
        using var network = Network();
        Assert.Equal(["net.0.weight", "net.0.bias", "net.1.weight", "net.1.bias", "net.1.running_mean", "net.1.running_var", "net.1.num_batches_tracked"],
            network.state_dict(prefix: "net").Keys);
    }

    [Fact]
    public void LoadStateDict_CopiesTheValues()
    {
        using var scope = NewDisposeScope();
        using var source = Network();
        using var target = Network();
        target.load_state_dict(source.state_dict());
        foreach (var (key, value) in source.state_dict()) Numbers.Equal(value, target.state_dict()[key], key);

        using (no_grad()) source.get_parameter("0.weight")!.zero_();
        Assert.NotEqual(0f, target.get_parameter("0.weight")!.abs().max().item<float>());
    }

    [Fact]
    public void LoadStateDict_ThatDoesNotFit_ThrowsUnlessLenient()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var state = network.state_dict().Where(entry => entry.Key != "0.bias").ToDictionary(entry => entry.Key, entry => entry.Value);
        state["2.weight"] = zeros(1);

        Assert.Throws<InvalidOperationException>(() => network.load_state_dict(state));

        var (missing, unexpected) = network.load_state_dict(state, strict: false);
        Assert.Equal(["0.bias"], missing);
        Assert.Equal(["2.weight"], unexpected);
        network.load_state_dict(state, strict: true, skip: ["0.bias", "2.weight"]);
    }

    [Fact]
    public void LoadStateDict_OfAnotherShape_Throws()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var state = network.state_dict();
        state["0.bias"] = zeros(7);
        Assert.ThrowsAny<Exception>(() => network.load_state_dict(state));
    }

    [Fact]
    public void Save_OneParameter_WritesTorchSharpsFormat()
    {
        using var layer = Linear(new Parameter(tensor(new[] { 1f, -2f }, [1, 2])));
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true)) layer.save(writer);

        // One entry; a name of 6 letters; type 6 (float32), 2 dimensions, 1 by 2; 1 and -2.
        Assert.Equal([1, 6, .. "weight"u8, 6, 2, 1, 2, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], file.ToArray());
    }

    [Fact]
    public void Load_WhatWasSaved_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        using var source = Network();
        source.call(randn(5, 3));
        using var target = Network();
        var path = Path.GetTempFileName();
        try
        {
            source.save(path);
            target.load(path);
        }
        finally
        {
            File.Delete(path);
        }
        foreach (var (key, value) in source.state_dict()) Numbers.Equal(value, target.state_dict()[key], key);
    }

    [Fact]
    public void Load_WithSkip_LeavesWhatIsSkippedAndReadsTheRest()
    {
        using var scope = NewDisposeScope();
        using var source = Network();
        using var target = Network();
        var kept = target.get_parameter("0.weight")!.detach().clone();
        using var file = Saved(source);
        var loaded = new Dictionary<string, bool>();

        target.load(file, strict: true, skip: ["0.weight"], loadedParameters: loaded);

        Numbers.Equal(kept, target.get_parameter("0.weight")!, "skipped");
        Numbers.Equal(source.get_parameter("1.bias")!, target.get_parameter("1.bias")!, "loaded");
        Assert.Equal(source.state_dict().Keys, loaded.Keys);
    }

    [Fact]
    public void Load_OfAnotherNetwork_ThrowsUnlessLenient()
    {
        using var scope = NewDisposeScope();
        using var source = Network();
        using var target = Linear(3, 3);
        using (var file = Saved(source)) Assert.Throws<ArgumentException>(() => target.load(file));

        var loaded = new Dictionary<string, bool>();
        using (var file = Saved(source)) target.load(file, strict: false, loadedParameters: loaded);
        Assert.All(loaded.Values, Assert.False);
    }

    [Fact]
    public void Load_FromAMissingFile_Throws()
    {
        using var layer = Linear(3, 3);
        Assert.Throws<FileNotFoundException>(() => layer.load(Path.Combine(Path.GetTempPath(), "no-such-file.dat")));
    }

    private static Sequential Network() => Sequential(Linear(3, 4), BatchNorm1d(4));

    private static MemoryStream Saved(Module module)
    {
        var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true)) module.save(writer);
        file.Position = 0;
        return file;
    }
}
