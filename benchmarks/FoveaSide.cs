using System.Diagnostics;
using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Data;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of a measurement: the step that <see cref="CnnTrainer"/> runs, from bytes to changed weights.</summary>
internal sealed class FoveaSide : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly PixelNormalizer _normalizer;
    private readonly ClassificationStep _step;
    private readonly ImageBatch _batch;

    public FoveaSide(Workload work, Precision precision)
    {
        manual_seed(0);
        var options = new CnnOptions { Architecture = work.Network, Optimizer = OptimizerKind.Sgd, LearningRate = 0.01, Precision = precision };
        var input = ImageInput.Create(work.Size, work.Size, work.Channels);
        _network = NetworkAttribute.Of(work.Network).Create(new NetworkInput(work.Channels, work.Size, work.Size, work.Classes, options.Dropout));
        _network.train();
        _normalizer = PixelNormalizer.Of(Normalization.PerChannel([0.5f], [0.5f]), input);
        _step = new ClassificationStep(_network, _normalizer, work.Classes, options, CPU, precision);
        _batch = new ImageBatch
        {
            // As the batch loader lays them out: (N, C, H, W) in the memory of (N, H, W, C).
            Images = randint(0, 256, [work.Batch, work.Size, work.Size, work.Channels], ScalarType.Byte).permute(0, 3, 1, 2),
            Labels = randint(0, work.Classes, [work.Batch], ScalarType.Int64),
            Count = work.Batch,
            Rows = Enumerable.Range(0, work.Batch).ToArray(),
        };
        Run(3);
    }

    /// <returns>Seconds that the steps took.</returns>
    public double Run(int steps)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            _step.Train(_batch, 1);
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public void Dispose()
    {
        _step.Dispose();
        _normalizer.Dispose();
        _network.Dispose();
        _batch.Images.Dispose();
        _batch.Labels.Dispose();
    }
}
