using Fovea.Data;
using Fovea.Segmentation;
using Fovea.Segmentation.Networks;
using Fovea.Training;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the U-Net's measurement: crops cut, bent and turned, and the step that <see cref="SegmentationTrainer"/> makes of them.</summary>
internal static class MembranesSide
{
    /// <summary>As pipelines/membranes.cs and peers/unet.py.</summary>
    private const int Batch = 4, Crop = 256, Rows = 24;

    /// <param name="folder">Has image/ and label/.</param>
    /// <param name="precision">Of both sides.</param>
    public static void Serve(string folder, Precision precision)
    {
        var ml = new MLContext(0);
        var view = ml.Data.TakeRows(ml.Vision.Data.FromMaskFolders(Path.Combine(folder, "image"), Path.Combine(folder, "label"), new MaskClasses("membrane", "cell") { Values = [0, 255] }), Rows);
        var options = new SegmentationOptions
        {
            UNet = new UNetOptions { Depth = 3, Width = 48, PatchSize = 2 },
            Channels = ImageChannels.Grey,
            Optimizer = OptimizerKind.AdamW,
            LearningRate = 3e-3,
            WeightDecay = 0.05,
            Loss = new PixelCrossEntropy(),
            Augmentation = new Augmentation().Crop(Crop, Crop).Elastic(alpha: 300, sigma: 10, fill: EdgeFill.Reflect).Flip().Rotate90()
                .GaussianNoise(8).Blur((0.3, 1)).ColorJitter(brightness: 0.3, contrast: 0.3),
        };
        manual_seed(0);
        var input = ImageInput.Create(512, 512, 1, ResizeMode.None);
        var set = ImageSet.Open(view, new ImageSetColumns("Image") { Mask = "Mask" }, input);
        using var normalizer = PixelNormalizer.Measure(Normalization.Measured, set, CPU, CancellationToken.None);
        using var loader = new BatchLoader(set, Batch, seed: 0, shuffle: true, options.Augmentation, channelsLast: true);
        using var network = SegmentationNetworkAttribute.Of(options.Architecture).Create(new SegmentationNetworkInput(1, 2) { UNet = options.UNet });
        network.train();
        using var average = new WeightAverage(network, 0.99);
        using var step = new SegmentationStep(network, normalizer, 2, null, options, CPU, precision);
        SideServer.ServeSteps(loader, precision, batch =>
        {
            step.Train(batch, 1);
            average.Update();
        });
    }
}
