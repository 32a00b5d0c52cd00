using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Segmentation;

/// <summary>The true and the predicted mask of a row, and counts of their pixels. Used for many rows, one after the other.</summary>
/// <param name="table">What the truth's pixels mean.</param>
/// <param name="options">Without problems.</param>
internal sealed class MaskPair(MaskTable table, SegmentationEvaluation options) : IDisposable
{
    private readonly RawImage _truth = new() { Role = "mask", Borrows = true };
    private readonly RawImage _prediction = new() { Role = "predicted mask", Borrows = true };
    private readonly IndexMaskReader _masks = new();
    private readonly PairCounter _pairs = new();
    private VBuffer<float> _probabilities;

    /// <summary>Class indices; what counts nowhere is <see cref="Sample.Ignored"/>.</summary>
    public IndexMask Truth { get; } = new();

    /// <summary>Class indices, of the truth's size; <see cref="Sample.Ignored"/> what was not predicted.</summary>
    public IndexMask Predicted { get; } = new();

    /// <summary>The row's place, from 0.</summary>
    public long Row => _truth.Row;

    /// <summary>What a message calls the true mask.</summary>
    public string Name => _truth.Name;

    /// <summary>The true mask's file; null where it is in the row itself.</summary>
    public string? Path => _truth.Path;

    /// <summary>(K, K): pixels of true class by predicted class, of all rows that were counted.</summary>
    public long[,] Counts { get; private set; } = new long[table.Names.Count, table.Names.Count];

    /// <summary>Takes the masks out of the row the cursor stands at, on the cursor's thread.</summary>
    /// <param name="truth">Of the true masks.</param>
    /// <param name="prediction">Of the predicted masks; null where there are probabilities.</param>
    /// <param name="probabilities">Of the probabilities; null where there are masks.</param>
    /// <exception cref="InvalidDataException">The row holds none, or an image that is no mask.</exception>
    public void Read(RawImageReader truth, RawImageReader? prediction, ValueGetter<VBuffer<float>>? probabilities)
    {
        Read(truth, _truth, Truth);
        if (prediction is not null)
            Read(prediction, _prediction, Predicted);
        probabilities?.Invoke(ref _probabilities);
    }

    /// <summary>Makes class indices of what was read; on any thread.</summary>
    /// <exception cref="InvalidDataException">A mask cannot be read, sizes differ, or a pixel of the truth has no class; the message names the file.</exception>
    public void Decode()
    {
        if (!_truth.IsBorrowed)
            _masks.Read(_truth, Truth);
        table.ToClasses(Truth, Name);
        if (options.ProbabilityColumn is not null)
            Threshold();
        else if (!_prediction.IsBorrowed)
            _masks.Read(_prediction, Predicted);
        Predicted.RequireSize($"The prediction in row {Row}", Truth.Width, Truth.Height);
    }

    /// <summary>Adds the row's pixels to <see cref="Counts"/>.</summary>
    /// <exception cref="InvalidDataException">A predicted pixel has no class; the message names the file.</exception>
    public void Count()
    {
        var classes = table.Names.Count;
        _pairs.Add(Truth.Values, Predicted.Values);
        Span<int> found = stackalloc int[PairCounter.Values];
        for (var k = 0; k < classes; k++)
        {
            _pairs.Take((byte)k, found);
            for (var predicted = 0; predicted < classes; predicted++)
                Counts[k, predicted] += found[predicted];
            // What a crop cut off, the ignored value, was not predicted; it says nothing of the network.
            if (found[classes..Sample.Ignored].ContainsAnyExcept(0))
                throw NoClass(classes);
        }
        _pairs.Take(Sample.Ignored, found);
    }

    /// <returns><see cref="Counts"/>, which begin anew from 0.</returns>
    public long[,] TakeCounts()
    {
        var counts = Counts;
        Counts = new long[table.Names.Count, table.Names.Count];
        return counts;
    }

    public void Dispose()
    {
        Truth.Release();
        Predicted.Release();
        _pairs.Dispose();
    }

    // An MLImage lives until the cursor moves: what is of use of its four bytes a pixel is taken at once.
    private void Read(RawImageReader reader, RawImage raw, IndexMask mask)
    {
        reader.Read(raw);
        if (raw.IsBorrowed)
            _masks.Read(raw, mask);
    }

    private void Threshold()
    {
        var pixels = Truth.Width * Truth.Height;
        if (_probabilities.Length != 2 * pixels)
            throw new InvalidDataException($"Row {Row} has {_probabilities.Length} probabilities in column '{options.ProbabilityColumn}'; for two classes of {Truth.Width} x {Truth.Height} pixels they must be {2 * pixels}.");
        var second = _probabilities.DenseValues().Skip(pixels).ToArray();
        var values = Predicted.Resize(Truth.Width, Truth.Height);
        for (var i = 0; i < values.Length; i++)
            values[i] = second[i] >= options.Threshold ? (byte)1 : (byte)0;
    }

    private InvalidDataException NoClass(int classes)
    {
        var i = 0;
        while (Truth.Values[i] == Sample.Ignored || Predicted.Values[i] == Sample.Ignored || Predicted.Values[i] < classes)
            i++;
        return new InvalidDataException($"The prediction for {Name} has the value {Predicted.Values[i]} at pixel {i}; the classes are 0 to {classes - 1}.");
    }
}
