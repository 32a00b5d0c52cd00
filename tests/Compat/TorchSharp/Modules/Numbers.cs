using static TorchSharp.torch;

namespace Fovea.Tests.Compat.Modules;

/// <summary>Comparison of tensors with what PyTorch gave.</summary>
internal static class Numbers
{
    /// <param name="tolerance">Of each number, as a part of the largest (or of 1 where all are smaller).</param>
    public static void Same(Tensor expected, Tensor actual, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        Assert.True(expected.shape.SequenceEqual(actual.shape),
            $"{what}: shape ({string.Join(", ", actual.shape)}), PyTorch has ({string.Join(", ", expected.shape)})");
        if (expected.numel() == 0) return;
        var wanted = expected.detach().to(ScalarType.Float64);
        var got = actual.detach().to(ScalarType.Float64);
        var room = tolerance * Math.Max(1, wanted.abs().max().item<double>());
        var worst = (got - wanted).abs().max().item<double>();
        Assert.True(worst <= room, $"{what}: off by {worst:g3} at most, allowed are {room:g3}");
    }

    /// <summary>The same bits.</summary>
    public static void Equal(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Same(expected, actual, 0, what);
    }

    /// <summary>Runs a call on copies of the inputs and compares outputs and gradients, as tensors.py recorded them.</summary>
    public static void SameAsRecorded(ReferenceFile file, string name, Func<Tensor[], Tensor[]> call, double tolerance)
    {
        var inputs = file.List(name, "input");
        for (var i = 0; i < inputs.Length; i++)
            if (file.Has($"{name}/grad{i}")) inputs[i].requires_grad = true;
        // A copy of each leaf, so that layers in place may change it.
        var outputs = call([.. inputs.Select(input => input.is_floating_point() ? input.clone() : input)]);
        var expected = file.List(name, "output");
        Assert.Equal(expected.Length, outputs.Length);
        for (var i = 0; i < outputs.Length; i++) Same(expected[i], outputs[i], tolerance, $"{name}: output {i}");
        if (!file.Has($"{name}/cotangent")) return;
        (outputs[0] * file.Tensor($"{name}/cotangent")).sum().backward();
        for (var i = 0; i < inputs.Length; i++)
            if (inputs[i].requires_grad) Same(file.Tensor($"{name}/grad{i}"), inputs[i].grad!, tolerance, $"{name}: gradient of input {i}");
    }
}
