using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>The memory of one batch, used again for many. The loader's threads write through pointers and touch no tensor.</summary>
internal sealed unsafe class BatchBuffer : IDisposable
{
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly Tensor? _mixedLabels;
    private readonly Tensor? _mixShare;
    private readonly Tensor _shaped;
    private readonly byte* _pixels;
    private readonly long* _labelNumbers;
    private readonly long* _mixedLabelNumbers;
    private readonly float* _mixShares;
    private readonly int _sampleBytes;
    private Tensor? _imagesPart;
    private Tensor? _labelsPart;
    private Tensor? _mixedLabelsPart;
    private Tensor? _mixSharePart;

    /// <param name="input">Size and channels of a sample.</param>
    /// <param name="capacity">The most images.</param>
    /// <param name="channelsLast">(N, H, W, C) in memory instead of (N, C, H, W).</param>
    /// <param name="pinned">Page-locked, for copies to a CUDA device.</param>
    /// <param name="mixed">With room for <see cref="ImageBatch.MixedLabels"/> and <see cref="ImageBatch.MixShare"/>.</param>
    public BatchBuffer(ImageInput input, int capacity, bool channelsLast, bool pinned, bool mixed = false)
    {
        var (c, h, w) = (input.Channels, input.Height, input.Width);
        _images = Allocate(channelsLast ? [capacity, h, w, c] : [capacity, c, h, w], ScalarType.Byte, pinned);
        _labels = Allocate([capacity], ScalarType.Int64, pinned);
        _shaped = (channelsLast ? _images.permute(0, 3, 1, 2) : _images.alias()).DetachFromDisposeScope(); // (N, C, H, W)
        _pixels = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_images.bytes));
        _labelNumbers = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_labels.bytes));
        if (mixed)
        {
            _mixedLabels = Allocate([capacity], ScalarType.Int64, pinned);
            _mixShare = Allocate([capacity], ScalarType.Float32, pinned);
            _mixedLabelNumbers = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_mixedLabels.bytes));
            _mixShares = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_mixShare.bytes));
        }
        _sampleBytes = input.SampleBytes;
        Rows = new int[capacity];
        Capacity = capacity;
    }

    public int Capacity { get; }

    /// <summary>The row of each image.</summary>
    public int[] Rows { get; }

    /// <summary>What a streamed row held; made when first needed.</summary>
    public RawImage[]? Streamed { get; set; }

    /// <summary>Images in it.</summary>
    public int Count { get; set; }

    /// <summary>Which batch of the epoch.</summary>
    public int Sequence { get; set; }

    /// <summary>Why the batch could not be made.</summary>
    public ExceptionDispatchInfo? Error { get; set; }

    /// <summary>Where image <paramref name="index"/> is written: (C, H, W) or (H, W, C).</summary>
    public Span<byte> Pixels(int index) => new(_pixels + (long)index * _sampleBytes, _sampleBytes);

    public void SetLabel(int index, int label) => _labelNumbers[index] = label;

    public long Label(int index) => _labelNumbers[index];

    /// <summary>Only in a buffer made for it.</summary>
    /// <param name="index">Of the image.</param>
    /// <param name="label">The label of what was mixed in.</param>
    /// <param name="share">Of the image's own label.</param>
    public void SetMixed(int index, long label, float share) => (_mixedLabelNumbers[index], _mixShares[index]) = (label, share);

    /// <summary>The first <see cref="Count"/> images as tensors, which hold until <see cref="Release"/>.</summary>
    public ImageBatch ToBatch()
    {
        Release();
        if (Count < Capacity)
        {
            _imagesPart = _shaped.narrow(0, 0, Count).DetachFromDisposeScope();
            _labelsPart = _labels.narrow(0, 0, Count).DetachFromDisposeScope();
            _mixedLabelsPart = _mixedLabels?.narrow(0, 0, Count).DetachFromDisposeScope();
            _mixSharePart = _mixShare?.narrow(0, 0, Count).DetachFromDisposeScope();
        }
        return new ImageBatch
        {
            Images = _imagesPart ?? _shaped,
            Labels = _labelsPart ?? _labels,
            MixedLabels = _mixedLabelsPart ?? _mixedLabels,
            MixShare = _mixSharePart ?? _mixShare,
            Count = Count,
            Rows = Rows.AsMemory(0, Count),
        };
    }

    public void Release()
    {
        _imagesPart?.Dispose();
        _labelsPart?.Dispose();
        _mixedLabelsPart?.Dispose();
        _mixSharePart?.Dispose();
        _imagesPart = _labelsPart = _mixedLabelsPart = _mixSharePart = null;
    }

    public void Dispose()
    {
        Release();
        _shaped.Dispose();
        _images.Dispose();
        _labels.Dispose();
        _mixedLabels?.Dispose();
        _mixShare?.Dispose();
    }

    private static Tensor Allocate(long[] size, ScalarType type, bool pinned)
    {
        var memory = empty(size, type, CPU).DetachFromDisposeScope();
        if (!pinned)
            return memory;
        using (memory)
            return memory.pin_memory().DetachFromDisposeScope();
    }
}
