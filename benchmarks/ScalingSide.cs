using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>The sides of <see cref="ScalingBench"/>: training steps with a number of threads, and batches of a view that makes its rows when they are asked for.</summary>
internal static class ScalingSide
{
    /// <summary>Images of the loader's batch.</summary>
    public const int Batch = 64;

    /// <summary>What the loader may keep of decoded images: 20 thousand of them.</summary>
    public const long CacheBytes = 64L << 20;

    /// <param name="work">What is trained, in the precision that is the default.</param>
    /// <param name="threads">Of LibTorch.</param>
    public static void ServeSteps(Workload work, int threads)
    {
        set_num_threads(threads);
        NetworkSide.Serve(work, Precision.Auto);
    }

    /// <param name="folder">As <see cref="FromFilesWorkload"/> wrote it.</param>
    /// <param name="rows">Of the view: images as the bytes of a few of these files.</param>
    public static void ServeBatches(string folder, int rows)
    {
        var files = Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(64).Select(File.ReadAllBytes).ToArray();
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Image", new VectorDataViewType(NumberDataViewType.Byte));
        ClassKey.AddTo(schema, "Label", ["even", "odd"]);
        var view = new GeneratedView(schema.ToSchema(), rows, Image, row => (ValueGetter<uint>)((ref uint value) => value = ((uint)row() & 1) + 1));
        var input = ImageInput.Create(FromFilesWorkload.Size, FromFilesWorkload.Size, 3);
        using var set = ImageSet.Open(view, "Image", "Label", input, new LoaderOptions { CacheBytes = CacheBytes });
        using var loader = new BatchLoader(set, Batch, seed: 0, shuffle: true, new Augmentation().Shift(4).Flip(), channelsLast: true);
        SideServer.ServeSteps(loader, Precision.Float32, _ => { });

        Delegate Image(Func<int> row) => (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> value) =>
        {
            var file = files[row() % files.Length];
            VBuffer<byte>.Copy(file, 0, ref value, file.Length);
        });
    }
}
