using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Every operation of <see cref="TensorCases"/> against the numbers of tests/Reference/torchsharp/tensor.py.</summary>
public sealed class TensorReferenceTests
{
    private static readonly ReferenceFile reference = new("tensor");

    public static TheoryData<string> Cases => [.. TensorCases.All.Keys];

    public static TheoryData<string> DifferentiableCases => [.. TensorCases.All.Keys.Where(name => reference.Has($"{name}/cotangent"))];

    [Fact]
    public void Cases_OfTheScript_AreAllTested() => Assert.Equal(reference.Cases.Order(), TensorCases.All.Keys.Order());

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Operation_OnReferenceInputs_GivesPyTorchsOutputs(string name)
    {
        SkipWhereThePackageIsWrong(name);
        using var scope = NewDisposeScope();
        var outputs = Run(name, reference.List(name, "input"));
        var wanted = reference.List(name, "output");

        Assert.Equal(wanted.Length, outputs.Length);
        foreach (var (output, expected) in outputs.Zip(wanted))
            AssertClose(expected, output);
    }

    [SkippableTheory]
    [MemberData(nameof(DifferentiableCases))]
    public void Operation_Backward_GivesPyTorchsGradients(string name)
    {
        SkipWhereThePackageIsWrong(name);
        using var scope = NewDisposeScope();
        var inputs = reference.List(name, "input");
        foreach (var input in inputs.Where(input => input.is_floating_point()))
            input.requires_grad = true;
        var output = Run(name, inputs)[0];
        (output * reference.Tensor($"{name}/cotangent")).sum().backward();

        for (var n = 0; n < inputs.Length; n++)
        {
            if (reference.Has($"{name}/grad{n}"))
                AssertClose(reference.Tensor($"{name}/grad{n}"), inputs[n].grad!);
        }
    }

    private static void SkipWhereThePackageIsWrong(string name) =>
        Skip.If(Package.IsUsed && TensorCases.WrongInPackage.Contains(name), "wrong in TorchSharp 0.106.0");

    private static Tensor[] Run(string name, Tensor[] inputs)
    {
        // As the script: before every case.
        manual_seed(12);
        return TensorCases.All[name](inputs);
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        if (expected.is_integral())
            actual = actual.to(ScalarType.Int64);
        Assert.Equal(expected.dtype, actual.dtype);
        // float64 of the same kernels; another LibTorch or CPU may sum in another order.
        Assert.True(expected.allclose(actual, rtol: 1e-9, atol: 1e-11, equal_nan: true), $"wanted\n{expected.str()}\ngot\n{actual.str()}");
    }
}
