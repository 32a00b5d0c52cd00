namespace Fovea.Data;

/// <summary>Writes images into a batch: pixels, augmentation, layout. Holds buffers: one for each thread.</summary>
internal sealed class BatchFiller(BatchLoader loader, int epoch)
{
    private readonly ImageInput _input = loader.Set.Input;
    private readonly ImageStore _store = loader.Set.Store;
    private readonly ImagePreprocessor _preprocessor = new(loader.Set.Input);
    private readonly RawImage _raw = new();
    private readonly RowRandom _random = new();
    private readonly byte[] _pixels = new byte[loader.Set.Input.SampleBytes];
    private readonly Sample _sample = new(loader.Set.Input.Channels);
    private readonly BatchMixing? _mixing = loader.Augmentation is { HasBatchSteps: true } augmentation
        ? new BatchMixing(augmentation.BatchSteps, new BatchLayout(loader.Set.Input.Height, loader.Set.Input.Width, loader.Set.Input.Channels, loader.ChannelsLast))
        : null;

    /// <param name="buffer">Its rows are read, its images and labels written.</param>
    /// <param name="isStreamed">The images are in the buffer, not in the store.</param>
    /// <param name="stopped">Becomes true when nobody wants the batch any more.</param>
    public void Fill(BatchBuffer buffer, bool isStreamed, ref bool stopped)
    {
        // Grey images, and channels-last ones, need no turning: they are made where they are wanted.
        var inPlace = _input.Channels == 1 || loader.ChannelsLast;
        for (var i = 0; i < buffer.Count; i++)
        {
            if (Volatile.Read(ref stopped))
                return;
            var row = buffer.Rows[i];
            if (loader.Augmentation is { } augmentation)
            {
                _sample.Begin(_input.Height, _input.Width, hasMask: false);
                Read(row, buffer, i, isStreamed, _sample.Pixels);
                _random.Seed(loader.Seed, epoch, row);
                foreach (var step in augmentation.SampleSteps)
                    step.Apply(_sample, _random);
                if (inPlace)
                    _sample.Pixels.CopyTo(buffer.Pixels(i));
                else
                    PixelLayout.ToPlanes(_sample.Pixels, buffer.Pixels(i));                // (C, H, W)
            }
            else if (inPlace)
                Read(row, buffer, i, isStreamed, buffer.Pixels(i));
            else
            {
                Read(row, buffer, i, isStreamed, _pixels);
                PixelLayout.ToPlanes(_pixels, buffer.Pixels(i));                           // (C, H, W)
            }
            buffer.SetLabel(i, _store.Labels[row]);
        }
        _mixing?.Apply(buffer, loader.Seed, epoch);
    }

    private void Read(int row, BatchBuffer buffer, int place, bool isStreamed, Span<byte> pixels) =>
        _store.Read(row, isStreamed ? buffer.Streamed![place] : _raw, isStreamed, _preprocessor, pixels);   // (H, W, C)
}
