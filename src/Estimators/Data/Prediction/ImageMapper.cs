using Microsoft.ML;

namespace Fovea.Data;

/// <summary>A predictor of images bound to an input schema.</summary>
/// <exception cref="ArgumentException">A column is missing or of another type.</exception>
internal sealed class ImageMapper<TPrediction>(IImagePredictor<TPrediction> predictor, DataViewSchema input)
    : PredictionMapper<TPrediction>(input, predictor.Outputs, Inputs(predictor, input))
{
    public override int BatchSize => predictor.BatchSize;

    public override IPredictionBatch<TPrediction> Open(DataViewRow row, int capacity) => new Batch(predictor, row, Needed, capacity);

    private static DataViewSchema.Column[] Inputs(IImagePredictor<TPrediction> predictor, DataViewSchema input)
    {
        var image = ImageColumn.Find(input, predictor.ImageColumn);
        return predictor.Companion(input) is { } companion ? [image, companion] : [image];
    }

    private sealed class Batch : IPredictionBatch<TPrediction>
    {
        private readonly RawImageReader[] _readers;
        // Row by row: the image, and what the second column holds where there is one.
        private readonly RawImage[] _raw;
        private readonly IPredictionSession<TPrediction> _session;
        private int _count;

        public Batch(IImagePredictor<TPrediction> predictor, DataViewRow row, IReadOnlyList<DataViewSchema.Column> needed, int capacity)
        {
            _readers = [.. needed.Select(c => RawImageReader.Create(row, c))];
            _raw = [.. Enumerable.Range(0, capacity * needed.Count).Select(i => i % needed.Count == 0 ? new RawImage() : new RawImage { Role = predictor.CompanionRole })];
            _session = predictor.Open(capacity);
        }

        public void Add()
        {
            // Counted only when all of it is read: after an image that cannot be read the row is asked for again.
            for (var i = 0; i < _readers.Length; i++)
                _readers[i].Read(_raw[_count + i]);
            _count += _readers.Length;
        }

        public TPrediction[] Predict()
        {
            var count = _count;
            _count = 0;
            return _session.Predict(_raw.AsSpan(0, count));
        }

        public void Dispose() => _session.Dispose();
    }
}
