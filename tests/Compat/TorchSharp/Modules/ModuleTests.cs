using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>The tree of modules: names, order, modes, moves, hooks and disposal.</summary>
public class ModuleTests
{
    [Fact]
    public void RegisterComponents_NamesFieldsAsTheyAreWritten()
    {
        using var network = new Nested();
        Assert.Equal(["head.weight", "head.bias", "scale", "body.0.weight", "body.0.bias", "body.1.weight", "body.1.bias"],
            network.named_parameters().Select(entry => entry.name).OrderBy(name => name == "scale" ? 1 : name.StartsWith("head") ? 0 : 2));
        Assert.Equal(["counts", "body.1.running_mean", "body.1.running_var", "body.1.num_batches_tracked"], network.named_buffers().Select(entry => entry.name));
        Assert.Equal(["head", "body"], network.named_children().Select(entry => entry.name));
        Assert.Equal(["head", "body", "body.0", "body.1"], network.named_modules().Select(entry => entry.name));
    }

    [Fact]
    public void NamedParameters_OfTheModuleItself_ComeBeforeThoseBelow()
    {
        using var network = new Nested();
        Assert.Equal("scale", network.named_parameters().First().name);
        Assert.Equal(["scale"], network.named_parameters(recurse: false).Select(entry => entry.name));
    }

    [Fact]
    public void Component_WithAttribute_HasTheNameOfTheAttribute()
    {
        using var network = new Nested();
        Assert.True(network.has_buffer("counts"));
        Assert.False(network.has_buffer("_renamed"));
    }

    [Fact]
    public void SharedModule_IsListedOnceAndSavedTwice()
    {
        using var network = new Shared();
        Assert.Equal(["first.weight"], network.named_parameters().Select(entry => entry.name));
        Assert.Equal(["first.weight", "second.weight"], network.state_dict().Keys);
    }

    [Theory]
    [InlineData("head.weight", true)]
    [InlineData("body.1.bias", true)]
    [InlineData("scale", true)]
    [InlineData("body.2.bias", false)]
    [InlineData("head", false)]
    public void GetParameter_ByDottedName_FindsIt(string name, bool there)
    {
        using var network = new Nested();
        Assert.Equal(there, network.has_parameter(name));
        Assert.Equal(there, network.get_parameter(name) is not null);
    }

    [Fact]
    public void GetBuffer_ByDottedName_FindsIt()
    {
        using var network = new Nested();
        Assert.Equal([3L], network.get_buffer("body.1.running_mean")!.shape);
        Assert.Null(network.get_buffer("body.0.running_mean"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    public void RegisterModule_WithAnImpossibleName_Throws(string name)
    {
        using var network = new Nested();
        using var layer = ReLU();
        Assert.Throws<ArgumentException>(() => network.register_module(name, layer));
    }

    [Fact]
    public void Register_UnderATakenName_Throws()
    {
        using var scope = NewDisposeScope();
        using var network = new Nested();
        using var layer = ReLU();
        Assert.Throws<InvalidOperationException>(() => network.register_module("head", layer));
        Assert.Throws<InvalidOperationException>(() => network.register_parameter("scale", new Parameter(zeros(1))));
        Assert.Throws<InvalidOperationException>(() => network.register_buffer("counts", zeros(1)));
    }

    [Fact]
    public void Register_Null_Throws()
    {
        using var network = new Nested();
        Assert.Throws<ArgumentNullException>(() => network.register_parameter("other", null!));
        Assert.Throws<ArgumentNullException>(() => network.register_buffer("other", null!));
    }

    [Fact]
    public void RegisterModule_Null_TakesTheNameAway()
    {
        using var network = new Nested();
        network.register_module("head", null!);
        Assert.Equal(["body"], network.named_children().Select(entry => entry.name));
    }

    [Fact]
    public void Buffer_ThatIsNotPersistent_IsNotSaved()
    {
        using var scope = NewDisposeScope();
        using var network = new Nested();
        network.register_buffer("scratch", zeros(2), persistent: false);
        Assert.DoesNotContain("scratch", network.state_dict().Keys);
        Assert.NotNull(network.get_buffer("scratch"));
    }

    [Fact]
    public void ParameterlessLayer_RegisteringAParameter_Throws()
    {
        using var scope = NewDisposeScope();
        using var layer = ReLU();
        Assert.Throws<InvalidOperationException>(() => layer.register_parameter("weight", new Parameter(zeros(1))));
        Assert.Throws<InvalidOperationException>(() => layer.register_buffer("mean", zeros(1)));
    }

    [Fact]
    public void Eval_ReachesEveryModule_AndTrainTurnsBack()
    {
        using var network = new Nested();
        Assert.True(network.training);
        network.eval();
        Assert.All(network.modules().Append(network), module => Assert.False(module.training));
        network.train();
        Assert.All(network.modules().Append(network), module => Assert.True(module.training));
    }

    [Fact]
    public void Apply_VisitsChildrenBeforeTheModule()
    {
        using var network = new Nested();
        var visited = new List<Module>();
        network.apply(visited.Add);
        Assert.Equal(5, visited.Count);
        Assert.Same(network, visited[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ZeroGrad_RemovesGradientsOrFillsThemWithZeros(bool remove)
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(3, 2);
        layer.call(ones(4, 3)).sum().backward();
        Assert.Equal(4f, layer.weight.grad!.max().item<float>());

        layer.zero_grad(remove);

        if (remove) Assert.Null(layer.weight.grad);
        else Assert.Equal(0f, layer.weight.grad!.abs().max().item<float>());
    }

    [Fact]
    public void To_AnotherType_ChangesParametersBuffersAndGradients()
    {
        using var scope = NewDisposeScope();
        using var network = new Nested();
        network.call(ones(4, 3)).sum().backward();
        var before = network.get_parameter("head.weight")!.detach().clone();

        network.to(ScalarType.Float64);

        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Float64, network.get_parameter("head.weight")!.grad!.dtype);
        Assert.Equal(ScalarType.Float64, network.get_buffer("body.1.running_var")!.dtype);
        Assert.Equal(ScalarType.Int64, network.get_buffer("body.1.num_batches_tracked")!.dtype);
        Assert.True(network.get_parameter("head.weight")!.requires_grad && network.get_parameter("head.weight")!.is_leaf);
        Numbers.Same(before, network.get_parameter("head.weight")!, 0, "weight");
        // What forward uses moved too, not only what is registered.
        Assert.Equal(ScalarType.Float64, network.call(ones(4, 3, ScalarType.Float64)).dtype);
    }

    [Fact]
    public void To_AnIntegerType_Throws()
    {
        using var network = new Nested();
        Assert.Throws<ArgumentException>(() => network.to(ScalarType.Int32));
    }

    [Fact]
    public void Hooks_ChangeInputAndResult_UntilRemoved()
    {
        using var scope = NewDisposeScope();
        using var layer = Identity();
        var x = tensor(new[] { 1f });
        var order = new List<string>();
        var before = layer.register_forward_pre_hook((_, input) => { order.Add("before"); return input + 1; });
        var after = layer.register_forward_hook((_, _, output) => { order.Add("after"); return output * 10; });
        layer.register_forward_pre_hook(_ => order.Add("enter"));
        layer.register_forward_hook(_ => order.Add("leave"));

        Assert.Equal(20f, layer.call(x).item<float>());
        Assert.Equal(["enter", "before", "after", "leave"], order);

        before.remove();
        after.remove();
        Assert.Equal(1f, layer.call(x).item<float>());
        Assert.Equal(1f, layer.forward(x).item<float>());
    }

    [Fact]
    public void Hook_ThatGivesNull_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var layer = Identity();
        layer.register_forward_pre_hook((_, _) => null!);
        layer.register_forward_hook((_, _, _) => null!);
        Assert.Equal(3f, layer.call(tensor(new[] { 3f })).item<float>());
    }

    [Fact]
    public void Layer_MadeInAScope_OutlivesIt()
    {
        Linear layer;
        using (NewDisposeScope()) layer = Linear(3, 2);
        using var scope = NewDisposeScope();
        Assert.Equal([1L, 2L], layer.call(ones(1, 3)).shape);
        layer.Dispose();
    }

    [Fact]
    public void Parameter_TakesOverItsDataAndItsScope()
    {
        Parameter parameter;
        using (NewDisposeScope())
        {
            var data = zeros(3);
            parameter = new Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.True(parameter.requires_grad && parameter.is_leaf);
        }
        Assert.True(parameter.IsInvalid);
    }

    [Fact]
    public void Dispose_DisposesEveryParameterAndBuffer_Once()
    {
        var network = new Nested();
        var tensors = network.state_dict().Values.ToList();
        network.Dispose();
        network.Dispose();
        Assert.Equal(11, tensors.Count);
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Weight_SetToAnother_ReplacesAndRegistersIt()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(3, 2);
        var old = layer.weight;
        layer.weight = new Parameter(ones(2, 3));
        Assert.True(old.IsInvalid);
        Assert.Equal(1f, layer.state_dict()["weight"].min().item<float>());
        layer.bias = null;
        Assert.Equal(["weight"], layer.state_dict().Keys);
        Assert.Equal(3f, layer.call(ones(1, 3)).max().item<float>());
    }

    [Fact]
    public void Convolution_OfTheWrongChannels_Throws()
    {
        using var scope = NewDisposeScope();
        using var layer = Conv2d(3, 4, 3);
        var image = ones(1, 2, 8, 8);
        Assert.Throws<ArgumentException>(() => layer.call(image));
    }

    [Fact]
    public void BatchNorm_OfTheWrongDimensions_Throws()
    {
        using var scope = NewDisposeScope();
        using var layer = BatchNorm2d(3);
        var rows = ones(4, 3);
        Assert.Throws<ArgumentException>(() => layer.call(rows));
    }

    [Fact]
    public void ConvTranspose2d_WithAnOutputSize_GivesIt()
    {
        using var scope = NewDisposeScope();
        using var layer = ConvTranspose2d(2, 3, 3, stride: 2, padding: 1);
        Assert.Equal([1L, 3L, 8L, 7L], layer.forward(ones(1, 2, 4, 4), [8, 7]).shape);
        Assert.Throws<ArgumentException>(() => layer.forward(ones(1, 2, 4, 4), [9, 7]));
    }

    [Fact]
    public void Embedding_FromPretrained_HoldsTheTableFrozen()
    {
        using var scope = NewDisposeScope();
        var table = arange(6, ScalarType.Float32).view(3, 2);
        using var layer = Embedding_from_pretrained(table);
        Numbers.Equal(table[tensor(new[] { 2L, 0L })], layer.call(tensor(new[] { 2L, 0L })), "rows");
        Assert.False(layer.weight!.requires_grad);
    }

    /// <summary>A head, a body of two layers, a parameter and a buffer under another name.</summary>
    private sealed class Nested : Module<Tensor, Tensor>
    {
        private readonly Linear head;
        private readonly Sequential body;
        private readonly Parameter scale;

        [ComponentName(Name = "counts")]
        private readonly Tensor _renamed;

        public Nested() : base(nameof(Nested))
        {
            head = Linear(3, 3);
            body = Sequential(Linear(3, 3), BatchNorm1d(3));
            scale = new Parameter(ones(1));
            _renamed = zeros(2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => body.call(head.call(input)) * scale;
    }

    private sealed class Shared : Module<Tensor, Tensor>
    {
        private readonly Linear first, second;

        public Shared() : base(nameof(Shared))
        {
            first = Linear(2, 2, hasBias: false);
            second = first;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => second.call(first.call(input));
    }
}
