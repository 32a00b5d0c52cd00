using Fovea.Autoencoding;
using Fovea.Autoencoding.Networks;
using Fovea.Data;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the convolutional VAE's measurement: the loader, and the step that <see cref="AutoencoderTrainer"/> makes.</summary>
internal static class VaeSide
{
    /// <summary>As pipelines/digits-vae.cs and peers/vae.py.</summary>
    public const int Batch = 128;

    /// <param name="folder">Has train-images-idx3-ubyte.gz and its labels.</param>
    /// <param name="precision">Of both sides.</param>
    public static void Serve(string folder, Precision precision)
    {
        var view = new MLContext(0).Vision.Data.FromIdx(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"));
        var options = new AutoencoderOptions
        {
            Kind = AutoencoderKind.Variational,
            HiddenWidths = [256],
            LatentSize = 20,
            Channels = ImageChannels.Grey,
            BatchSize = Batch,
        };
        manual_seed(0);
        var model = new AutoencoderModel { Options = options, Input = ImageInput.Create(28, 28, 1) };
        using var set = ImageSet.Open(view, new ImageSetColumns("Image"), model.Input);
        using var loader = new BatchLoader(set, Batch, seed: 0, shuffle: true, channelsLast: true, joinLastRow: true);
        using AutoencoderNetwork network = model.CreateNetwork(CPU);
        network.train();
        using var normalizer = model.CreateNormalizer();
        using var step = new AutoencoderStep(network, normalizer, loader.BatchesPerEpoch, options, CPU, precision);
        SideServer.ServeSteps(loader, precision, batch => step.Train(batch, 1));
    }
}
