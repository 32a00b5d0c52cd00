using Fovea.Data;
using Fovea.Generation;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the DCGAN's measurement: the step that <see cref="GanTrainer"/> makes of the loader's batches.</summary>
internal static class DcganSide
{
    /// <param name="folder">Has Fashion-MNIST's training files.</param>
    /// <param name="precision">Of the convolutions.</param>
    public static void Serve(string folder, Precision precision)
    {
        var ml = new MLContext(0);
        var view = ml.Vision.Data.FromIdx(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"));
        // As pipelines/fashion-gan.cs and peers/dcgan.py.
        var options = new GanOptions { Channels = ImageChannels.Grey, ImageHeight = 28, ImageWidth = 28, Width = 32, Precision = precision };
        var model = GanModel.Of(options);
        manual_seed(0);
        using var set = ImageSet.Open(view, options.ImageColumn, null, model.Input);
        using var normalizer = model.Normalizer();
        using var loader = new BatchLoader(set, options.BatchSize, seed: 0, shuffle: true, channelsLast: true, joinLastRow: true);
        using var network = model.CreateNetwork(0, CPU);
        network.train();
        using var step = new GanStep(network, normalizer, 0, options, CPU, precision);
        SideServer.ServeSteps(loader, precision, batch => step.Train(batch, 1));
    }
}
