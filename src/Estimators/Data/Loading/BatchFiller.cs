namespace Fovea.Data;

/// <summary>Writes images into a batch: pixels, masks, boxes, augmentation, layout. Holds buffers: one for each thread.</summary>
internal sealed class BatchFiller : ISampleSource
{
    private readonly BatchLoader _loader;
    private readonly int _epoch;
    private readonly ImageInput _input;
    private readonly ImageStore _store;
    private readonly SampleReader _reader;
    private readonly RowRandom _random = new();
    private readonly byte[] _pixels;
    private readonly Sample _sample;
    private readonly BatchMixing? _mixing;
    private readonly RandomResizedCrop? _crop;
    private readonly Func<int, int, ImagePlacement>? _choose;
    private readonly List<int> _made = [];
    private BatchBuffer? _current;

    public BatchFiller(BatchLoader loader, int epoch)
    {
        (_loader, _epoch, _input, _store) = (loader, epoch, loader.Set.Input, loader.Set.Store);
        _reader = new SampleReader(_store);
        _pixels = new byte[_input.SampleBytes];
        _sample = new Sample(_input.Channels);
        // Of other sets the original is not always to be had, and a result must not depend on where a row comes from.
        if (_store.Rows.IsOfFiles && loader.Augmentation is { SourceCrop: >= 0 } cropped)
            (_crop, _choose) = ((RandomResizedCrop)cropped.Steps[cropped.SourceCrop], Choose);
        if (loader.Augmentation is { HasBatchSteps: true } mixed)
            _mixing = new BatchMixing(mixed.BatchSteps, loader.Layout);
    }

    /// <summary>Rows that a step may take in: those of the set, or of the batch where rows cannot be had by number.</summary>
    int ISampleSource.Count => _current!.Streamed is null ? _loader.Set.Count : _current.Count;

    /// <param name="buffer">Its rows are read, its images and labels written. Rows that cannot be read and are to be left out are gone from it afterwards.</param>
    /// <param name="stopped">Becomes true when nobody wants the batch any more.</param>
    public void Fill(BatchBuffer buffer, ref bool stopped)
    {
        _current = buffer;
        _made.Clear();
        buffer.Boxes?.Clear();
        for (var i = 0; i < buffer.Count; i++)
        {
            if (Volatile.Read(ref stopped))
                return;
            var row = buffer.Rows[i];
            if (!Make(row, buffer.Streamed?[i], buffer, _made.Count))
                continue;
            buffer.SetLabel(_made.Count, _store.Labels[row]);
            _made.Add(row);
        }
        // Not before: a step may look at every row of the batch.
        _made.CopyTo(buffer.Rows);
        buffer.Count = _made.Count;
        if (buffer.Count > 0)
            _mixing?.Apply(buffer, _loader.Seed, _epoch);
    }

    /// <summary>Begins a sample with a row as it is before the first step; where it cannot be read, with the next that can.</summary>
    void ISampleSource.Read(int index, Sample into)
    {
        var count = ((ISampleSource)this).Count;
        for (var step = 0; step < count; step++)
        {
            var at = (index + step) % count;
            if (_current!.Streamed is { } streamed ? Begin(_current.Rows[at], streamed[at], into) : Begin(_loader.Set.Rows[at], null, into))
                return;
        }
        throw new InvalidDataException("None of the rows that a step of the augmentation may take in can be read.");
    }

    /// <returns>Whether the row could be read.</returns>
    private bool Make(int row, StreamedRow? streamed, BatchBuffer buffer, int place)
    {
        // Grey images, and channels-last ones, need no turning: they are made where they are wanted.
        var inPlace = _input.Channels == 1 || _loader.Layout.ChannelsLast;
        if (_loader.Augmentation is null && buffer.Boxes is null)
        {
            if (_store.Read(row, streamed, _reader, inPlace ? buffer.Pixels(place) : _pixels, buffer.Mask(place)) is null)
                return false;
            if (!inPlace)
                PixelLayout.ToPlanes(_pixels, buffer.Pixels(place));                       // (C, H, W)
            return true;
        }
        _random.Seed(_loader.Seed, _epoch, row);
        if (_crop is not null ? !BeginCropped(row, streamed) : !Begin(row, streamed, _sample))
            return false;
        _loader.Augmentation?.Apply(_sample, this, _random, _crop is null ? 0 : _loader.Augmentation.SourceCrop + 1);
        if ((_sample.Height, _sample.Width) != (_loader.Layout.Height, _loader.Layout.Width))
            throw new InvalidOperationException($"The augmentation made a sample of {_sample.Height} x {_sample.Width} pixels and had announced {_loader.Layout.Height} x {_loader.Layout.Width}.");
        if (inPlace)
            _sample.Pixels.CopyTo(buffer.Pixels(place));
        else
            PixelLayout.ToPlanes(_sample.Pixels, buffer.Pixels(place));                    // (C, H, W)
        _sample.Mask.CopyTo(buffer.Mask(place));
        if (buffer.Boxes is { } boxes)
            foreach (var box in _sample.Boxes)
                boxes.Add((box, place));
        return true;
    }

    /// <returns>Whether the row could be read.</returns>
    private bool Begin(int row, StreamedRow? streamed, Sample sample)
    {
        sample.Begin(_input.Height, _input.Width, _store.HasMasks);
        return Place(_store.Read(row, streamed, _reader, sample.Pixels, sample.Mask), row, sample);
    }

    /// <summary>
    /// Begins the sample with the part that a resized crop wants, from the original: sharper than a part of the resized image, and
    /// decoded no larger than it needs.
    /// </summary>
    private bool BeginCropped(int row, StreamedRow? streamed)
    {
        var (height, width) = _crop!.SizeAfter(_input.Height, _input.Width);
        _sample.Begin(height, width, _store.HasMasks);
        foreach (var step in _loader.Augmentation!.Steps.AsSpan(0, _loader.Augmentation.SourceCrop))
            ((SampleStep)step).Apply(_sample, _random);
        return Place(_store.ReadPart(row, streamed, _reader, _sample.Pixels, _sample.Mask, _choose!), row, _sample);
    }

    private ImagePlacement Choose(int width, int height)
    {
        var (left, top, right, bottom) = _crop!.Region(height, width, _random);
        return ImagePlacement.OfRegion(width, height, left, top, right, bottom, _sample.Width, _sample.Height);
    }

    private bool Place(ImagePlacement? placement, int row, Sample sample)
    {
        if (placement is not { } p)
            return false;
        var boxes = _store.Rows.Boxes(row);
        var proposals = boxes.Length;
        while (proposals > 0 && boxes[proposals - 1].Label == SampleBox.Proposal)
            proposals--;
        foreach (var box in boxes[..proposals])
            sample.Boxes.Add(p.ToSample(box));
        if (proposals < boxes.Length)
            sample.Boxes.AddRange(ProposalReader.Lay(boxes[proposals..], p, row));
        sample.ClipBoxes();
        return true;
    }
}
