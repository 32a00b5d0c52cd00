using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Optimizers over 10 steps with given gradients, against PyTorch (tests/Reference/torchsharp/optimizers.py).</summary>
public class OptimizerTests
{
    private const int Steps = 10;

    private static readonly ReferenceFile Reference = new("optimizers");

    private static readonly Dictionary<string, Func<Parameter[], optim.Optimizer>> Cases = new()
    {
        ["SGD"] = p => optim.SGD(p, 0.05),
        ["SGD_decay"] = p => optim.SGD(p, 0.05, weight_decay: 0.1),
        ["SGD_momentum"] = p => optim.SGD(p, 0.05, momentum: 0.9, weight_decay: 0.01),
        ["SGD_dampening"] = p => optim.SGD(p, 0.05, momentum: 0.8, dampening: 0.3),
        ["SGD_nesterov"] = p => optim.SGD(p, 0.05, momentum: 0.9, weight_decay: 0.01, nesterov: true),
        ["SGD_maximize"] = p => optim.SGD(p, 0.05, momentum: 0.9, maximize: true),
        ["SGD_groups"] = p => optim.SGD(
            [new SGD.ParamGroup(p[..1], new SGD.Options { LearningRate = 0.2, momentum = 0.5 }), new SGD.ParamGroup { Parameters = p[1..] }], 0.05, weight_decay: 0.02),
        ["Adam"] = p => optim.Adam(p, 0.01),
        ["Adam_decay"] = p => optim.Adam(p, 0.01, 0.8, 0.95, 1e-6, 0.1),
        ["Adam_amsgrad"] = p => optim.Adam(p, 0.01, amsgrad: true),
        ["Adam_maximize"] = p => optim.Adam(p, 0.01, maximize: true),
        ["AdamW"] = p => optim.AdamW(p, 0.01, weight_decay: 0.1),
        ["AdamW_amsgrad"] = p => optim.AdamW(p, 0.01, weight_decay: 0.1, amsgrad: true),
        ["RMSProp"] = p => optim.RMSProp(p, 0.01),
        ["RMSProp_centered"] = p => optim.RMSProp(p, 0.01, alpha: 0.9, momentum: 0.7, centered: true, weight_decay: 0.05),
        ["Adagrad"] = p => optim.Adagrad(p, 0.1, lr_decay: 0.1, weight_decay: 0.05, initial_accumulator_value: 0.2),
    };

    public static TheoryData<string, ScalarType> Names
    {
        get
        {
            var data = new TheoryData<string, ScalarType>();
            foreach (var name in Cases.Keys)
                foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 }) data.Add(name, type);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimizer_OverTenSteps_HasPyTorchsParameters(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var parameters = Start(type);
        using var optimizer = Cases[name](parameters);
        var prefix = type == ScalarType.Float64 ? "double/" : "";
        for (var step = 0; step < Steps; step++)
        {
            SetGradients(parameters, step);
            optimizer.step();
            for (var i = 0; i < parameters.Length; i++)
                if (Reference.Has($"{prefix}{name}/{step}/{i}"))
                    // One rounding (6e-8 of float32, 1e-16 of float64) in each of some ten operations a step.
                    Numbers.Same(Reference.Tensor($"{prefix}{name}/{step}/{i}"), parameters[i], type == ScalarType.Float64 ? 1e-13 : 2e-6, $"{name}: parameter {i} after step {step}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimizer_SavedAndLoadedAfterFiveSteps_GoesOnTheSame(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var first = Start(type);
        using var saved = (OptimizerHelper)Cases[name](first);
        for (var step = 0; step < 5; step++) Step(saved, first, step);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true)) saved.save_state_dict(writer);
        file.Position = 0;

        var second = first.Select(parameter => new Parameter(parameter.detach().clone())).ToArray();
        using var loaded = (OptimizerHelper)Cases[name](second);
        using (var reader = new BinaryReader(file)) loaded.load_state_dict(reader);

        for (var step = 5; step < Steps; step++)
        {
            Step(saved, first, step);
            Step(loaded, second, step);
        }
        for (var i = 0; i < first.Length; i++) Numbers.Equal(first[i], second[i], $"{name}: parameter {i}");
    }

    [Theory]
    [InlineData("SGD_momentum")]
    [InlineData("Adam_amsgrad")]
    [InlineData("RMSProp_centered")]
    public void Optimizer_StepsAndDisposed_LeavesNoTensor(string name)
    {
        using var scope = NewDisposeScope();
        var parameters = Start(ScalarType.Float32);
        SetGradients(parameters, 1);
        var before = Tensor.TotalCount;
        var optimizer = Cases[name](parameters);
        for (var step = 0; step < 3; step++) optimizer.step();
        optimizer.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Optimizer_WithAClosure_GivesItsLossAndSteps()
    {
        using var scope = NewDisposeScope();
        var x = new Parameter(tensor(new[] { 3.0 }));
        using var optimizer = optim.SGD([x], 0.25);

        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var square = x.pow(2).sum();
            square.backward();
            return square;
        });

        Assert.Equal(9.0, loss!.item<double>());
        // 3 - 0.25 * 2 * 3
        Assert.Equal(1.5, x.detach().item<double>());
    }

    [Fact]
    public void ZeroGrad_LeavesZerosWhereAGradientWas()
    {
        using var scope = NewDisposeScope();
        var parameters = Start(ScalarType.Float32);
        SetGradients(parameters, 0);
        using var optimizer = optim.SGD(parameters, 0.1);

        optimizer.zero_grad();

        Assert.Equal(0f, parameters[0].grad!.abs().sum().item<float>());
        Assert.Null(parameters[1].grad);
    }

    [Fact]
    public void ParamGroups_AfterTheRateIsSet_StepByIt()
    {
        using var scope = NewDisposeScope();
        var x = new Parameter(zeros(2));
        using var optimizer = optim.SGD([x], 0.5);
        x.grad = ones(2);

        foreach (var group in optimizer.ParamGroups) group.LearningRate = 2;
        optimizer.step();

        Assert.Equal([-2f, -2f], x.detach().data<float>().ToArray());
        Assert.Equal(0.5, optimizer.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void AddParamGroup_AfterSteps_LearnsTheNewParametersToo()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (new Parameter(zeros(1)), new Parameter(zeros(1)));
        using var optimizer = optim.Adam([x], 0.1);
        x.grad = ones(1);
        optimizer.step();

        optimizer.add_param_group(new Adam.ParamGroup { Parameters = [y] });
        y.grad = ones(1);
        optimizer.step();

        // Adam's first step is the rate, whatever the gradient.
        Assert.Equal(-0.1f, y.detach().item<float>(), 1e-6f);
        Assert.Equal(2, optimizer.ParamGroups.Count());
        Assert.Equal([x, y], optimizer.parameters());
    }

    [Theory]
    [InlineData(-1.0, 0.0)]
    [InlineData(0.1, -0.5)]
    public void SGD_WithANegativeNumber_Throws(double lr, double momentum)
    {
        using var scope = NewDisposeScope();
        var x = new Parameter(zeros(1));
        Assert.Throws<ArgumentException>(() => optim.SGD([x], lr, momentum));
    }

    [Fact]
    public void SGD_NesterovWithoutMomentum_Throws()
    {
        using var scope = NewDisposeScope();
        var x = new Parameter(zeros(1));
        Assert.Throws<ArgumentException>(() => optim.SGD([x], 0.1, nesterov: true));
    }

    [Fact]
    public void Load_StateOfAnotherKind_Throws()
    {
        using var scope = NewDisposeScope();
        var parameters = Start(ScalarType.Float32);
        using var sgd = optim.SGD(parameters, 0.1);
        using var adam = optim.Adam(parameters);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true)) sgd.save_state_dict(writer);
        file.Position = 0;
        using var reader = new BinaryReader(file);
        Assert.Throws<InvalidDataException>(() => adam.load_state_dict(reader));
    }

    private static Parameter[] Start(ScalarType type) =>
        [.. Enumerable.Range(0, 3).Select(i => new Parameter(Reference.Tensor($"start/{i}").to(type)))];

    private static void SetGradients(Parameter[] parameters, int step)
    {
        for (var i = 0; i < parameters.Length; i++)
            parameters[i].grad = Reference.Has($"gradient/{step}/{i}") ? Reference.Tensor($"gradient/{step}/{i}").to(parameters[i].dtype) : null;
    }

    private static void Step(optim.Optimizer optimizer, Parameter[] parameters, int step)
    {
        SetGradients(parameters, step);
        optimizer.step();
    }
}
