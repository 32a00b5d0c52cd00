using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Data;
using Fovea.Segmentation;
using Fovea.Segmentation.Networks;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the training of one network: the step that its trainer runs, from bytes to changed weights, on one batch of random pixels.</summary>
internal static class NetworkSide
{
    /// <param name="work">What is trained.</param>
    /// <param name="precision">Of the convolutions.</param>
    public static void Serve(Workload work, Precision precision)
    {
        manual_seed(0);
        using var normalizer = PixelNormalizer.Of(Normalization.PerChannel([0.5f], [0.5f]), ImageInput.Create(work.Size, work.Size, work.Channels));
        var batch = new ImageBatch
        {
            // As the batch loader lays them out: (N, C, H, W) in the memory of (N, H, W, C).
            Images = randint(0, 256, [work.Batch, work.Size, work.Size, work.Channels], ScalarType.Byte).permute(0, 3, 1, 2),
            Labels = randint(0, work.Classes, [work.Batch], ScalarType.Int64),
            Masks = work.Network is null ? randint(0, work.Classes, [work.Batch, work.Size, work.Size], ScalarType.Byte) : null,
            Count = work.Batch,
            Rows = Enumerable.Range(0, work.Batch).ToArray(),
        };
        ITrainingStep<ImageBatch> step = work.Network is { } network ? Classifier(work, network, normalizer, precision) : UNet(work, normalizer, precision);
        SideServer.Serve(SideServer.Ready(precision), () =>
        {
            using var scope = NewDisposeScope();
            step.Train(batch, 1);
        });
        (step as IDisposable)?.Dispose();
    }

    private static ClassificationStep Classifier(Workload work, CnnArchitecture architecture, PixelNormalizer normalizer, Precision precision)
    {
        var options = new CnnOptions { Architecture = architecture, Optimizer = OptimizerKind.Sgd, LearningRate = 0.01, Precision = precision };
        var network = NetworkAttribute.Of(architecture).Create(new NetworkInput(work.Channels, work.Size, work.Size, work.Classes, options.Dropout));
        network.LayOutChannelsLast();
        network.train();
        return new ClassificationStep(network, normalizer, work.Classes, options, CPU, precision);
    }

    private static SegmentationStep UNet(Workload work, PixelNormalizer normalizer, Precision precision)
    {
        var options = new SegmentationOptions { UNet = new UNetOptions { Depth = 3, Width = 16 }, Optimizer = OptimizerKind.Adam, LearningRate = 1e-3, Loss = new PixelCrossEntropy() };
        var network = SegmentationNetworkAttribute.Of(options.Architecture).Create(new SegmentationNetworkInput(work.Channels, work.Classes) { UNet = options.UNet });
        network.LayOutChannelsLast();
        network.train();
        return new SegmentationStep(network, normalizer, work.Classes, null, options, CPU, precision);
    }
}
