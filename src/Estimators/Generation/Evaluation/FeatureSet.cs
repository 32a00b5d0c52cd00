using Fovea.Data;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Generation.Evaluation;

/// <summary>The features of a view's images.</summary>
/// <param name="Features">(N, F), float64.</param>
/// <param name="ClassCounts">(K,): images whose likeliest class this is.</param>
internal sealed record FeatureSet(Tensor Features, long[] ClassCounts) : IDisposable
{
    /// <summary>With fewer, no ball of precision and recall has a k-th neighbor in either half.</summary>
    private const int FewestRows = 10;

    public long Count => Features.size(0);

    /// <param name="view">Rows with images.</param>
    /// <param name="column">Their column.</param>
    /// <param name="source">Gives the features.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are too few rows, or an image cannot be read.</exception>
    public static FeatureSet Read(IDataView view, string column, IFeatureSource source, CancellationToken cancellation)
    {
        var images = ImageColumn.Find(view.Schema, column);
        using var cursor = view.GetRowCursor([images]);
        var reader = RawImageReader.Create(cursor, images);
        var raw = Enumerable.Range(0, source.BatchSize).Select(_ => new RawImage()).ToArray();
        using var collector = new BatchCollector(source.Input, source.BatchSize, channelsLast: true);
        using var session = source.OpenFeatures();
        using var scope = NewDisposeScope();
        var features = new List<Tensor>();
        var counts = new long[source.ClassNames.Count];
        for (var count = Fill(); count > 0; count = Fill())
        {
            cancellation.ThrowIfCancellationRequested();
            var (batch, classes) = session.Extract(collector.ToTensor(raw.AsSpan(0, count)));
            features.Add(batch);
            foreach (var k in classes.data<long>())
                counts[k]++;
        }
        if (counts.Sum() < FewestRows)
            throw new InvalidDataException($"Column '{column}' has {counts.Sum()} images; at least {FewestRows} are needed to measure a distribution, and thousands to measure it well.");
        return new(cat(features).to(ScalarType.Float64).DetachFromDisposeScope(), counts);

        int Fill()
        {
            var count = 0;
            while (count < raw.Length && cursor.MoveNext())
                reader.Read(raw[count++]);
            return count;
        }
    }

    public void Dispose() => Features.Dispose();
}
