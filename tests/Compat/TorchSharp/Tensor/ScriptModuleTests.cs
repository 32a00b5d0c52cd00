using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>The TorchScript module of tests/Reference/torchsharp/script.py.</summary>
public sealed class ScriptModuleTests : IDisposable
{
    private static readonly string path = TestData.Reference("torchsharp/script.pt");

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly ReferenceFile reference = new("script");

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Forward_GivesPyTorchsOutput()
    {
        using var module = jit.load<Tensor, Tensor>(path);
        module.eval();
        var output = module.forward(reference.Tensor("forward/input0"));

        // float32 of the same kernels
        Assert.True(output.allclose(reference.Tensor("forward/output0"), rtol: 1e-6, atol: 1e-7));
    }

    [Fact]
    public void Load_FromBytes_IsTheSameModule()
    {
        using var module = jit.load<Tensor, Tensor>(File.ReadAllBytes(path));

        Assert.Equal([4, 2], module.call(reference.Tensor("forward/input0")).shape);
    }

    [Fact]
    public void Parameters_AreListedByName()
    {
        using var module = jit.load(path);
        var names = module.named_parameters().Select(entry => entry.name);

        Assert.Equal(["fc.bias", "fc.weight", "norm.bias", "norm.weight"], names.Order());
        Assert.True(module.state_dict()["fc.weight"].Equals(reference.Tensor("parameters/fc.weight")));
        Assert.True(module.state_dict()["norm.running_mean"].Equals(reference.Tensor("parameters/norm.running_mean")));
    }

    [Fact]
    public void Parameter_Changed_ChangesTheModule()
    {
        using var module = jit.load<Tensor, Tensor>(path);
        module.eval();
        using (no_grad())
        {
            foreach (var parameter in module.parameters())
                parameter.zero_();
        }

        Assert.Equal(0f, module.forward(reference.Tensor("forward/input0")).abs().sum().item<float>());
    }

    [Fact]
    public void Train_SwitchesTheModule()
    {
        using var module = jit.load(path);
        module.train();
        Assert.True(module.training);
        module.eval();

        Assert.False(module.training);
    }

    [Fact]
    public void Invoke_OfOtherMethods_TakesAndGivesSeveral()
    {
        using var module = jit.load(path);
        var x = arange(4).to(ScalarType.Float32);
        var (scaled, sum) = module.invoke<(Tensor, Tensor)>("both", x, 2.5);
        var parts = module.invoke<Tensor[]>("parts", x, 2);

        Assert.Equal([0f, 2.5f, 5, 7.5f], scaled.data<float>().ToArray());
        Assert.Equal(6f, sum.item<float>());
        Assert.Equal([2f, 3], parts[1].data<float>().ToArray());
        Assert.True(module.invoke<Tensor>("joined", new object[] { parts }).Equals(x));
        Assert.Equal(4, module.invoke<Scalar>("size", x).ToInt32());
    }

    [Fact]
    public void To_Float64_MovesParametersAndConstants()
    {
        using var module = jit.load<Tensor, Tensor>(path);
        module.to(ScalarType.Float64);
        var output = module.forward(reference.Tensor("forward/input0").to(ScalarType.Float64));

        Assert.Equal(ScalarType.Float64, output.dtype);
        Assert.All(module.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
    }

    [Fact]
    public void Load_OfMissingFile_IsRefused() => Assert.Throws<FileNotFoundException>(() => jit.load("/nowhere/model.pt"));

    [Fact]
    public void Load_OfOtherFile_Fails() =>
        Assert.ThrowsAny<ExternalException>(() => jit.load(TestData.Reference("torchsharp/script.py")));

    [Fact]
    public void Invoke_OfMissingMethod_Fails()
    {
        using var module = jit.load(path);

        Assert.ThrowsAny<ExternalException>(() => module.invoke("nothing", ones(1)));
    }
}
