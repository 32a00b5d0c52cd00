using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Every layer against PyTorch (tests/Reference/torchsharp/layers.py).</summary>
public class LayerTests
{
    private static readonly ReferenceFile Reference = new("layers");

    public static TheoryData<string> Names => new(LayerCases.All.Keys);

    /// <summary>Not GroupNorm: see DivergenceTests.</summary>
    public static TheoryData<string> NamesWithState => new(LayerCases.All.Keys.Where(name => Reference.Below($"{name}/init/").Any() && !name.StartsWith("GroupNorm")));

    /// <summary>Not Embedding: see DivergenceTests.</summary>
    public static TheoryData<string> NamesThatKeepTheirState => new(LayerCases.All.Keys.Where(name => !name.StartsWith("Embedding")));

    [Fact]
    public void Cases_OfTheReference_AreAllTested() =>
        Assert.Equal(Reference.Cases.Order(StringComparer.Ordinal), LayerCases.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Layer_WithGivenState_HasPyTorchsOutputAndGradients(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = LayerCases.All[name]().to(ScalarType.Float64);
        layer.train(!name.EndsWith("_eval") && name != "BatchNorm2d_no_stats");
        layer.load_state_dict(Reference.Below($"{name}/state/").ToDictionary(key => key, key => Reference.Tensor($"{name}/state/{key}")));
        manual_seed(2);
        // layers.py draws its inputs between the seed and the call, so that dropout finds the generator where it was there.
        foreach (var input in Reference.List(name, "input"))
            if (input.is_floating_point()) randn(input.shape, ScalarType.Float64);

        // Sums of some hundred float64 numbers in another order differ in the 13th digit.
        Numbers.SameAsRecorded(Reference, name, inputs => [Call(layer, inputs)], 1e-11);

        foreach (var (key, parameter) in layer.named_parameters())
            if (Reference.Has($"{name}/grad/{key}")) Numbers.Same(Reference.Tensor($"{name}/grad/{key}"), parameter.grad!, 1e-11, $"{name}: gradient of {key}");
        foreach (var (key, buffer) in layer.named_buffers())
            Numbers.Same(Reference.Tensor($"{name}/after/{key}"), buffer, 1e-11, $"{name}: {key} after the call");
    }

    [Theory]
    [MemberData(nameof(NamesWithState))]
    public void Layer_MadeAfterSeed0_HasPyTorchsWeights(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var layer = LayerCases.All[name]();

        var state = layer.state_dict();

        Assert.Equal(Reference.Below($"{name}/init/").Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, value) in state)
        {
            var expected = Reference.Tensor($"{name}/init/{key}");
            // Uniform numbers are the generator's bits; normal ones go through a logarithm and a cosine, which differ by a rounding between processors.
            if (name.StartsWith("Embedding")) Numbers.Same(expected, value, 1e-6, $"{name}: {key}");
            else Numbers.Equal(expected, value, $"{name}: {key}");
        }
    }

    [Theory]
    [MemberData(nameof(NamesThatKeepTheirState))]
    public void Layer_MadeInAScope_OutlivesItAndDisposesItsTensors(string name)
    {
        Module layer;
        using (NewDisposeScope()) layer = LayerCases.All[name]();
        var tensors = layer.state_dict().Values.ToList();
        Assert.Equal(Reference.Below($"{name}/init/").Count(), tensors.Count);
        Assert.All(tensors, tensor => Assert.False(tensor.IsInvalid));

        layer.Dispose();

        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    private static Tensor Call(Module layer, Tensor[] inputs) => layer switch
    {
        Module<Tensor, Tensor> one => one.call(inputs[0]),
        Module<Tensor, Tensor, Tensor> two => two.call(inputs[0], inputs[1]),
        _ => throw new InvalidOperationException($"{layer.GetName()} takes other arguments"),
    };
}
