using TorchSharp;

namespace Fovea.Data;

/// <summary>
/// Makes batches for prediction: images are taken from rows one by one as a cursor moves and decoded together, on several
/// threads. The same preprocessing as in training.
/// </summary>
internal sealed class BatchCollector : IDisposable
{
    private readonly ImageInput _input;
    private readonly bool _channelsLast;
    private readonly int _threads;
    private readonly RawImage[] _images;
    private readonly BatchBuffer _buffer;
    private readonly System.Collections.Concurrent.ConcurrentBag<(ImagePreprocessor Preprocessor, byte[] Pixels)> _idle = [];

    /// <param name="input">What the network wants.</param>
    /// <param name="capacity">The most images a batch, at least 1.</param>
    /// <param name="channelsLast">Lays the images out as (N, H, W, C); their shape stays (N, C, H, W).</param>
    /// <param name="threads">0: as many as there are cores.</param>
    public BatchCollector(ImageInput input, int capacity, bool channelsLast = false, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _input = input;
        _channelsLast = channelsLast;
        _threads = threads > 0 ? threads : Environment.ProcessorCount;
        _images = [.. Enumerable.Range(0, capacity).Select(_ => new RawImage())];
        _buffer = new BatchBuffer(input, capacity, channelsLast, pinned: false);
    }

    public int Capacity => _images.Length;

    /// <summary>Images taken since <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>Takes the image of the row that the reader's cursor stands at.</summary>
    /// <exception cref="InvalidDataException">The row holds no image.</exception>
    public void Add(RawImageReader reader)
    {
        if (IsFull)
            throw new InvalidOperationException($"The batch holds {Capacity} images already.");
        reader.Read(_images[Count]);
        Count++;
    }

    /// <summary>Decodes the images taken.</summary>
    /// <returns>(N, C, H, W), uint8, N = <see cref="Count"/>, on the CPU. Holds until the next call or <see cref="Dispose"/>; the collector's.</returns>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names the first.</exception>
    public torch.Tensor ToTensor()
    {
        if (Count == 0)
            throw new InvalidOperationException("The batch holds no image.");
        if (Count == 1 || _threads == 1)
            for (var i = 0; i < Count; i++)
                Decode(i);
        else
            DecodeTogether();
        _buffer.Count = Count;
        return _buffer.ToBatch().Images;
    }

    public void Clear() => Count = 0;

    public void Dispose() => _buffer.Dispose();

    private void DecodeTogether()
    {
        var errors = new Exception?[Count];
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            try
            {
                Decode(i);
            }
            catch (Exception e)
            {
                errors[i] = e;
            }
        });
        if (Array.Find(errors, e => e is not null) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }

    private void Decode(int index)
    {
        if (!_idle.TryTake(out var tools))
            tools = (new ImagePreprocessor(_input), new byte[_input.SampleBytes]);
        try
        {
            if (_channelsLast || _input.Channels == 1)
                tools.Preprocessor.Process(_images[index], _buffer.Pixels(index));
            else
            {
                tools.Preprocessor.Process(_images[index], tools.Pixels);                  // (H, W, C)
                PixelLayout.ToPlanes(tools.Pixels, _buffer.Pixels(index));                 // (C, H, W)
            }
        }
        finally
        {
            _idle.Add(tools);
        }
    }
}
