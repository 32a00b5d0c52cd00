using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Sequential, and lists and dictionaries of modules and parameters.</summary>
public class ContainerTests
{
    [Fact]
    public void Sequential_NamesLayersByPlaceOrAsGiven()
    {
        using var byPlace = Sequential(Linear(2, 2), ReLU()).append(Linear(2, 1));
        using var byName = Sequential(("first", Linear(2, 2)), ("second", ReLU())).append("third", Linear(2, 1));
        Assert.Equal(["0", "1", "2"], byPlace.named_children().Select(entry => entry.name));
        Assert.Equal(["first.weight", "first.bias", "third.weight", "third.bias"], byName.named_parameters().Select(entry => entry.name));
        Assert.Equal(3, byPlace.Count);
    }

    [Fact]
    public void Sequential_OfNoLayers_GivesItsInputAsAnotherObject()
    {
        using var scope = NewDisposeScope();
        using var empty = Sequential();
        var x = ones(2);
        var y = empty.call(x);
        Assert.NotSame(x, y);
        Numbers.Equal(x, y, "input");
    }

    [Fact]
    public void Sequential_WithoutAScope_DisposesWhatIsBetweenItsLayers()
    {
        using var network = Sequential(Linear(2, 2), ReLU(), Linear(2, 2), Tanh());
        using var x = ones(1, 2);
        using (no_grad())
        {
            var before = Tensor.TotalCount;
            using var y = network.call(x);
            Assert.Equal(before + 1, Tensor.TotalCount);
        }
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void Sequential_Slices_ShareTheLayers()
    {
        using var scope = NewDisposeScope();
        using var network = Sequential(Linear(2, 3), ReLU(), Linear(3, 1));
        var x = ones(1, 2);
        Assert.Equal(2, network[1..].Count);
        Assert.Equal(["1", "2"], network[(1, null)].named_children().Select(entry => entry.name));
        Assert.Same(network[0], network[..1][0]);
        Numbers.Equal(network.call(x), network[1..].call(network[..1].call(x)), "in two halves");
        Assert.Throws<IndexOutOfRangeException>(() => network[(0, 4)]);
    }

    [Fact]
    public void ModuleList_OfAModule_IsRegisteredByPlace()
    {
        using var network = new WithLists();
        Assert.Equal(["layers.0.weight", "layers.1.weight", "heads.left.weight", "heads.right.weight"],
            network.named_parameters().Select(entry => entry.name).Where(name => name.EndsWith("weight")));
    }

    [Fact]
    public void ParameterLists_OfAModule_AreRegisteredByPlaceAndKey()
    {
        using var network = new WithLists();
        Assert.Equal(["scales.0", "scales.1", "shifts.a"], network.named_parameters().Select(entry => entry.name).Where(name => name[0] == 's'));
        Assert.True(network.has_parameter("scales.1"));
        Assert.False(network.has_parameter("scales.2"));
        Assert.Equal([3L], network.get_parameter("shifts.a")!.shape);
    }

    [Fact]
    public void ModuleList_BehavesAsAList()
    {
        using var relu = ReLU();
        using var tanh = Tanh();
        using var list = ModuleList<Module<Tensor, Tensor>>(relu);
        list.Add(tanh);
        Assert.Equal(2, list.Count);
        Assert.Same(tanh, list[1]);
        Assert.Equal(1, list.IndexOf(tanh));
        Assert.True(list.Remove(relu));
        Assert.Equal([tanh], list);
    }

    [Fact]
    public void ModuleDict_BehavesAsADictionary()
    {
        using var relu = ReLU();
        using var tanh = Tanh();
        using var dictionary = ModuleDict<Module<Tensor, Tensor>>(("relu", relu));
        dictionary.Add("tanh", tanh);
        Assert.Same(tanh, dictionary["tanh"]);
        Assert.True(dictionary.ContainsKey("relu"));
        Assert.Equal(["relu", "tanh"], dictionary.Keys);
        Assert.True(dictionary.Remove("relu"));
        Assert.False(dictionary.TryGetValue("relu", out _));
        Assert.Throws<KeyNotFoundException>(() => dictionary["relu"]);
    }

    [Fact]
    public void Lists_InANetwork_FollowItsMode()
    {
        using var network = new WithLists();
        network.eval();
        Assert.All(network.modules(), module => Assert.False(module.training));
    }

    [Fact]
    public void ModuleList_InANetwork_FollowsItsType()
    {
        using var network = new WithLists();
        // TorchSharp 0.106.0 cannot move a ModuleDict, which has two properties named Item.
        network.register_module("heads", null!);
        network.to(ScalarType.Float64);
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
    }

    private sealed class WithLists : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Module<Tensor, Tensor>> layers;
        private readonly ModuleDict<Module<Tensor, Tensor>> heads;
        private readonly ParameterList scales;
        private readonly ParameterDict shifts;

        public WithLists() : base(nameof(WithLists))
        {
            layers = ModuleList<Module<Tensor, Tensor>>(Linear(2, 2), Linear(2, 2));
            heads = ModuleDict<Module<Tensor, Tensor>>(("left", Linear(2, 1)), ("right", Linear(2, 1)));
            scales = ParameterList(new Parameter(ones(1)), new Parameter(ones(2)));
            shifts = ParameterDict(("a", new Parameter(zeros(3))));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => heads["left"].call(layers[1].call(layers[0].call(input)));
    }
}
