using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Data;

/// <summary>Predicts one image at a time, from whatever thread.</summary>
/// <typeparam name="TImage">How an image is given: a path, encoded bytes or an MLImage, as columns hold them.</typeparam>
/// <typeparam name="TPrediction">The result.</typeparam>
internal sealed class RowPredictor<TImage, TPrediction>(IImagePredictor<TPrediction> predictor)
{
    private readonly ConcurrentBag<Place> _idle = [];

    /// <exception cref="InvalidDataException">The image cannot be read.</exception>
    public TPrediction Predict(TImage image)
    {
        if (!_idle.TryTake(out var place))
            place = new Place(predictor);
        try
        {
            return place.Predict(image);
        }
        finally
        {
            _idle.Add(place);
        }
    }

    /// <summary>A row of one image, with the buffers to decode it.</summary>
    private sealed class Place : DataViewRow
    {
        private readonly RawImageReader _reader;
        private readonly RawImage _raw = new();
        private readonly IPredictionSession<TPrediction> _session;
        private TImage _image = default!;
        private long _position = -1;

        public Place(IImagePredictor<TPrediction> predictor)
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumn(predictor.ImageColumn, typeof(TImage) == typeof(MLImage) ? new ImageDataViewType()
                : typeof(TImage) == typeof(ReadOnlyMemory<char>) ? TextDataViewType.Instance
                : new VectorDataViewType(NumberDataViewType.Byte));
            Schema = schema.ToSchema();
            _reader = RawImageReader.Create(this, Schema[0]);
            _session = predictor.Open(capacity: 1);
        }

        public override DataViewSchema Schema { get; }

        public override long Position => _position;

        public override long Batch => 0;

        public TPrediction Predict(TImage image)
        {
            _image = image;
            _position++;
            _reader.Read(_raw);
            return _session.Predict([_raw])[0];
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)(Delegate)(ValueGetter<TImage>)((ref TImage value) => value = _image);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);
    }
}
