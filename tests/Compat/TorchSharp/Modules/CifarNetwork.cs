using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>The network Cifar of tests/Reference/torchsharp/training.py.</summary>
internal sealed class CifarNetwork : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2, conv3;
    private readonly Linear fc1, fc2;
    private readonly Dropout dropout;

    public CifarNetwork(ScalarType dtype = ScalarType.Float32) : base(nameof(CifarNetwork))
    {
        conv1 = Conv2d(3, 32, 5, padding: 2, dtype: dtype);
        conv2 = Conv2d(32, 32, 5, padding: 2, dtype: dtype);
        conv3 = Conv2d(32, 64, 5, padding: 2, dtype: dtype);
        fc1 = Linear(1024, 64, dtype: dtype);
        fc2 = Linear(64, 10, dtype: dtype);
        dropout = Dropout(0.5);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) // (N, 3, 32, 32)
    {
        using var scope = NewDisposeScope();
        var x = input;
        foreach (var conv in new[] { conv1, conv2, conv3 }) x = functional.max_pool2d(functional.relu(conv.call(x)), 2);
        x = functional.relu(fc1.call(x.flatten(1))); // (N, 64)
        return fc2.call(dropout.call(x)).MoveToOuterDisposeScope(); // (N, 10)
    }
}
