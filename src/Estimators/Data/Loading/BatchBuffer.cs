using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>The memory of one batch, used again for many. The loader's threads write through pointers and touch no tensor.</summary>
internal sealed class BatchBuffer : IDisposable
{
    private readonly BatchMemory<byte> _images;
    private readonly BatchMemory<long> _labels;
    private readonly BatchMemory<long>? _mixedLabels;
    private readonly BatchMemory<float>? _mixShare;
    private readonly BatchMemory<byte>? _masks;
    private BoxBatch? _boxes;

    /// <param name="layout">Of an image.</param>
    /// <param name="capacity">The most images.</param>
    /// <param name="pinned">Page-locked, for copies to a CUDA device.</param>
    /// <param name="mixed">With room for <see cref="ImageBatch.MixedLabels"/> and <see cref="ImageBatch.MixShare"/>.</param>
    /// <param name="masks">With room for <see cref="ImageBatch.Masks"/>.</param>
    /// <param name="boxes">With <see cref="ImageBatch.Boxes"/>.</param>
    public BatchBuffer(BatchLayout layout, int capacity, bool pinned = false, bool mixed = false, bool masks = false, bool boxes = false)
    {
        var (h, w, c) = (layout.Height, layout.Width, layout.Channels);
        _images = layout.ChannelsLast
            ? new(ScalarType.Byte, [capacity, h, w, c], pinned, [0, 3, 1, 2])              // (N, C, H, W)
            : new(ScalarType.Byte, [capacity, c, h, w], pinned);                           // (N, C, H, W)
        _labels = new(ScalarType.Int64, [capacity], pinned);                               // (N,)
        if (mixed)
        {
            _mixedLabels = new(ScalarType.Int64, [capacity], pinned);                      // (N,)
            _mixShare = new(ScalarType.Float32, [capacity], pinned);                       // (N,)
        }
        if (masks)
            _masks = new(ScalarType.Byte, [capacity, h, w], pinned);                       // (N, H, W)
        if (boxes)
            Boxes = [];
        Rows = new int[capacity];
        Capacity = capacity;
    }

    public int Capacity { get; }

    /// <summary>The row of each image.</summary>
    public int[] Rows { get; }

    /// <summary>What a streamed row held; made when first needed.</summary>
    public StreamedRow[]? Streamed { get; set; }

    /// <summary>The objects, each with its image's place; null where the set has none.</summary>
    public List<(SampleBox Box, int Image)>? Boxes { get; }

    /// <summary>Images in it.</summary>
    public int Count { get; set; }

    /// <summary>Which batch of the epoch.</summary>
    public int Sequence { get; set; }

    /// <summary>Why the batch could not be made.</summary>
    public ExceptionDispatchInfo? Error { get; set; }

    /// <summary>Where image <paramref name="index"/> is written: (C, H, W) or (H, W, C).</summary>
    public Span<byte> Pixels(int index) => _images[index];

    /// <summary>Where mask <paramref name="index"/> is written: (H, W); empty where there are none.</summary>
    public Span<byte> Mask(int index) => _masks is null ? default : _masks[index];

    public void SetLabel(int index, int label) => _labels[index][0] = label;

    public long Label(int index) => _labels[index][0];

    /// <summary>Only in a buffer made for it.</summary>
    /// <param name="index">Of the image.</param>
    /// <param name="label">The label of what was mixed in.</param>
    /// <param name="share">Of the image's own label.</param>
    public void SetMixed(int index, long label, float share) => (_mixedLabels![index][0], _mixShare![index][0]) = (label, share);

    /// <summary>The first <see cref="Count"/> images as tensors, which hold until <see cref="Release"/>.</summary>
    public ImageBatch ToBatch()
    {
        Release();
        return new ImageBatch
        {
            Images = _images.First(Count),
            Labels = _labels.First(Count),
            MixedLabels = _mixedLabels?.First(Count),
            MixShare = _mixShare?.First(Count),
            Masks = _masks?.First(Count),
            Boxes = Boxes is null ? null : _boxes = new BoxBatch(Boxes),
            Count = Count,
            Rows = Rows.AsMemory(0, Count),
        };
    }

    public void Release()
    {
        _images.Release();
        _labels.Release();
        _mixedLabels?.Release();
        _mixShare?.Release();
        _masks?.Release();
        _boxes?.Dispose();
        _boxes = null;
    }

    public void Dispose()
    {
        Release();
        _images.Dispose();
        _labels.Dispose();
        _mixedLabels?.Dispose();
        _mixShare?.Dispose();
        _masks?.Dispose();
    }
}
