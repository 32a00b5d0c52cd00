using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Fovea.Tests.Compat.Modules;

/// <summary>torchvision's ResNet-18, with its keys and drawing its weights in its order.</summary>
internal sealed class ResNet18 : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1, layer2, layer3, layer4;
    private readonly Linear fc;

    public ResNet18(long classes, ScalarType dtype = ScalarType.Float32) : base(nameof(ResNet18))
    {
        conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false, dtype: dtype);
        bn1 = BatchNorm2d(64, dtype: dtype);
        layer1 = Stage(64, 64, 1, dtype);
        layer2 = Stage(64, 128, 2, dtype);
        layer3 = Stage(128, 256, 2, dtype);
        layer4 = Stage(256, 512, 2, dtype);
        fc = Linear(512, classes, dtype: dtype);
        RegisterComponents();
        // torchvision goes through its modules depth first; the convolutions come in the order of their registration.
        foreach (var conv in Convolutions(this)) init.kaiming_normal_(conv.weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
    }

    public override Tensor forward(Tensor input) // (N, 3, H, W)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(bn1.call(conv1.call(input)));
        x = functional.max_pool2d(x, 3, stride: 2, padding: 1); // (N, 64, H/4, W/4)
        x = layer4.call(layer3.call(layer2.call(layer1.call(x)))); // (N, 512, H/32, W/32)
        x = functional.adaptive_avg_pool2d(x, 1).flatten(1);
        return fc.call(x).MoveToOuterDisposeScope();
    }

    private static Sequential Stage(long from, long to, long stride, ScalarType dtype) =>
        Sequential(("0", new Block(from, to, stride, dtype)), ("1", new Block(to, to, 1, dtype)));

    private static IEnumerable<Conv2d> Convolutions(Module module)
    {
        foreach (var child in module.children())
        {
            if (child is Conv2d conv) yield return conv;
            foreach (var below in Convolutions(child)) yield return below;
        }
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1, conv2;
        private readonly BatchNorm2d bn1, bn2;
        private readonly Sequential? downsample;

        public Block(long from, long to, long stride, ScalarType dtype) : base(nameof(Block))
        {
            // Drawn before the block's own convolutions.
            if (stride != 1 || from != to)
                downsample = Sequential(("0", Conv2d(from, to, 1, stride: stride, bias: false, dtype: dtype)), ("1", BatchNorm2d(to, dtype: dtype)));
            conv1 = Conv2d(from, to, 3, stride: stride, padding: 1, bias: false, dtype: dtype);
            bn1 = BatchNorm2d(to, dtype: dtype);
            conv2 = Conv2d(to, to, 3, padding: 1, bias: false, dtype: dtype);
            bn2 = BatchNorm2d(to, dtype: dtype);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = functional.relu(bn1.call(conv1.call(input)));
            x = bn2.call(conv2.call(x));
            var skip = downsample is null ? input : downsample.call(input);
            return functional.relu(x.add_(skip)).MoveToOuterDisposeScope();
        }
    }
}
