using Fovea.Backbones;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the optimizers' measurement: steps over ResNet-18's 11.7 million parameters, and what memory can do.</summary>
internal static class OptimizerSide
{
    /// <param name="kind">The optimizer.</param>
    public static void ServeSteps(OptimizerKind kind)
    {
        manual_seed(0);
        using var network = NetworkAttribute.Of(CnnArchitecture.ResNet18).Create(new NetworkInput(3, 128, 128, 1000, 0));
        foreach (var parameter in network.parameters())
            parameter.grad = randn_like(parameter) * 1e-3f;
        using var optimizer = OptimizerFactory.Create(new CnnOptions { Optimizer = kind, LearningRate = 1e-4 }, network.parameters());
        SideServer.Serve(SideServer.Ready(Precision.Float32), () => optimizer.step(), ("parameters", () => network.parameters().Sum(p => p.numel())));
    }

    /// <summary>One array added to another, each of 256 MiB, far beyond any cache: two streams in, one out.</summary>
    public static void ServeMemory()
    {
        const long numbers = 64 << 20;
        var (a, b) = (ones(numbers), ones(numbers));
        SideServer.Serve(SideServer.Ready(Precision.Float32), () => a.add_(b), ("bytes", () => 3 * sizeof(float) * numbers));
    }
}
