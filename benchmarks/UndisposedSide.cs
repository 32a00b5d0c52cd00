using Fovea.Backbones;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Loops as they are written without thinking of memory, and the same with a dispose scope around each turn.</summary>
internal static class UndisposedSide
{
    /// <param name="loop"><c>arithmetic</c> or <c>training</c>.</param>
    /// <param name="scoped">Whether each turn has a dispose scope.</param>
    public static void Serve(string loop, bool scoped)
    {
        manual_seed(0);
        var turn = loop switch
        {
            "arithmetic" => Arithmetic(),
            "training" => Training(),
            _ => throw new ArgumentException($"There is no loop '{loop}'.", nameof(loop)),
        };
        SideServer.Serve(SideServer.Ready(Precision.Float32), () =>
        {
            using var scope = scoped ? NewDisposeScope() : null;
            turn();
        });
    }

    /// <summary>Four tensors of a MiB each.</summary>
    private static Action Arithmetic()
    {
        var x = randn(512, 512);
        return () => _ = ((x * 2).relu() + x).sigmoid().sum().item<float>();
    }

    /// <summary>The Cifar network on one batch, without Fovea's training step: what the network itself leaves undisposed is counted too.</summary>
    private static Action Training()
    {
        var work = Workload.Cifar;
        var network = NetworkAttribute.Of(work.Network!.Value).Create(new NetworkInput(work.Channels, work.Size, work.Size, work.Classes, 0.5));
        network.train();
        var optimizer = optim.SGD(network.parameters(), 0.01, momentum: 0.9);
        var (images, labels) = (randn(work.Batch, work.Channels, work.Size, work.Size), randint(0, work.Classes, [work.Batch], ScalarType.Int64));
        return () =>
        {
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(network.call(images), labels);
            loss.backward();
            optimizer.step();
            _ = loss.item<float>();
        };
    }
}
