using TorchSharp;

namespace Fovea.Data;

/// <summary>
/// Makes batches for prediction: images are decoded together, on several threads. The same preprocessing as in training.
/// </summary>
internal sealed class BatchCollector : IDisposable
{
    private readonly ImageInput _input;
    private readonly bool _channelsLast;
    private readonly int _threads;
    private readonly BatchBuffer _buffer;
    private readonly ImagePlacement[] _placements;
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
        Capacity = capacity;
        _placements = new ImagePlacement[capacity];
        _buffer = new BatchBuffer(new BatchLayout(input.Height, input.Width, input.Channels, channelsLast), capacity);
    }

    public int Capacity { get; }

    /// <summary>Decodes images.</summary>
    /// <param name="images">At least 1, at most <see cref="Capacity"/>.</param>
    /// <returns>(N, C, H, W), uint8, on the CPU. Holds until the next call or <see cref="Dispose"/>; the collector's.</returns>
    /// <exception cref="InvalidDataException">An image cannot be read; the message names the first.</exception>
    public torch.Tensor ToTensor(ReadOnlySpan<RawImage> images)
    {
        ArgumentOutOfRangeException.ThrowIfZero(images.Length, nameof(images));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(images.Length, Capacity, nameof(images));
        if (images.Length == 1 || _threads == 1)
            for (var i = 0; i < images.Length; i++)
                Decode(images[i], i);
        else
            DecodeTogether(images.ToArray());
        _buffer.Count = images.Length;
        return _buffer.ToBatch().Images;
    }

    /// <summary>How each image lies in the last tensor, so that boxes and masks find back to it.</summary>
    public ReadOnlySpan<ImagePlacement> Placements => _placements.AsSpan(0, _buffer.Count);

    public void Dispose() => _buffer.Dispose();

    private void DecodeTogether(RawImage[] images)
    {
        var errors = new Exception?[images.Length];
        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            try
            {
                Decode(images[i], i);
            }
            catch (Exception e)
            {
                errors[i] = e;
            }
        });
        if (Array.Find(errors, e => e is not null) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }

    private void Decode(RawImage image, int index)
    {
        if (!_idle.TryTake(out var tools))
            tools = (new ImagePreprocessor(_input), new byte[_input.SampleBytes]);
        try
        {
            if (_channelsLast || _input.Channels == 1)
                _placements[index] = tools.Preprocessor.Process(image, _buffer.Pixels(index));
            else
            {
                _placements[index] = tools.Preprocessor.Process(image, tools.Pixels);      // (H, W, C)
                PixelLayout.ToPlanes(tools.Pixels, _buffer.Pixels(index));                 // (C, H, W)
            }
        }
        finally
        {
            _idle.Add(tools);
        }
    }
}
