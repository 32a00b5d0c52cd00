using Fovea.Data;
using Fovea.Training;
using Microsoft.ML;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the training from files: what a program writes, a view of the folder and <c>ml.Vision.Cnn</c>, epoch by epoch.</summary>
internal static class FromFilesSide
{
    /// <param name="folder">As <see cref="FromFilesWorkload"/> wrote it.</param>
    /// <param name="cacheBytes">0: decoded anew in every epoch; -1, the default of the loader: kept.</param>
    public static void Serve(string folder, long cacheBytes)
    {
        var ml = new MLContext(0);
        using var gate = new EpochGate();
        var options = new CnnOptions
        {
            Architecture = CnnArchitecture.Cifar,
            ImageHeight = FromFilesWorkload.Size,
            ImageWidth = FromFilesWorkload.Size,
            BatchSize = FromFilesWorkload.Batch,
            Epochs = 1000,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 0.01,
            Normalization = Normalization.PerChannel([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]),
            Augmentation = new Augmentation().Shift(4).Flip(),
            Loader = new LoaderOptions { CacheBytes = cacheBytes },
            Progress = gate,
            Cancellation = gate.Cancellation,
        };
        SideServer.Serve(SideServer.Ready(options.Precision), () => gate.Run(() => ml.Vision.Cnn(options).Fit(ml.Vision.Data.FromFolder(folder)).Dispose()),
            ("loss", () => gate.Last!.Training[Measure.Loss]));
    }
}
