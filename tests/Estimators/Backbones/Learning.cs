using static TorchSharp.torch;

namespace Fovea.Tests.Backbones;

internal static class Learning
{
    /// <summary>The losses of five steps, as formula.py's <c>seeded</c>.</summary>
    public static double[] FiveSteps(nn.Module<Tensor, Tensor> network, optim.Optimizer optimizer, Tensor images, Tensor labels)
    {
        network.train();
        var losses = new double[5];
        for (var i = 0; i < losses.Length; i++)
        {
            using var step = NewDisposeScope();
            var loss = nn.functional.cross_entropy(network.call(images), labels);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            losses[i] = loss.item<float>();
        }
        return losses;
    }
}
