using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Classification.Evaluation;

/// <summary>Rows with their true class, predicted class and the probabilities of all classes, checked.</summary>
internal sealed class ScoredRows : IDisposable
{
    // Scores that were made in bfloat16 have 8 bits; what misses 1 by more is no distribution over the classes.
    private const double SumTolerance = 0.02;

    private readonly ClassificationEvaluation _options;
    private readonly DataViewRowCursor _cursor;
    private readonly LabelReader _truth, _predicted;
    private readonly ValueGetter<VBuffer<float>> _getter;
    private readonly float[] _scores;
    private VBuffer<float> _buffer;

    /// <param name="view">The data.</param>
    /// <param name="options">Without problems.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or the classes have no names that fit.</exception>
    public ScoredRows(IDataView view, ClassificationEvaluation options)
    {
        _options = options;
        var (label, predicted) = (LabelColumn.Find(view.Schema, options.LabelColumn), LabelColumn.Find(view.Schema, options.PredictedLabelColumn));
        var score = view.Schema.GetColumnOrNull(options.ScoreColumn)
            ?? throw new ArgumentException($"There is no column '{options.ScoreColumn}' of scores. The columns are {ImageColumn.Names(view.Schema)}.");
        if (score.Type is not VectorDataViewType { IsKnownSize: true, Size: >= 2 } vector || vector.ItemType != NumberDataViewType.Single)
            throw new ArgumentException($"The column '{options.ScoreColumn}' of scores is of type {score.Type}; it must be a vector of Single of known size, at least 2, with a probability for each class.");
        ClassNames = Names(score, vector.Size, label);
        _scores = new float[vector.Size];
        _cursor = view.GetRowCursor([label, predicted, score]);
        (_truth, _predicted) = (new(_cursor, label, ClassNames), new(_cursor, predicted, ClassNames));
        _getter = _cursor.GetGetter<VBuffer<float>>(score);
    }

    /// <summary>Of classes 0 .. K−1.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The row's place, from 0.</summary>
    public long Row => _cursor.Position;

    public int Truth { get; private set; }

    public int Predicted { get; private set; }

    /// <summary>(K,), 0 to 1.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <exception cref="InvalidDataException">The row has no label or an unknown one, or scores that are no probabilities.</exception>
    public bool MoveNext()
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        if (!_cursor.MoveNext())
            return false;
        (Truth, Predicted) = (_truth.Read(), _predicted.Read());
        _getter(ref _buffer);
        _buffer.CopyTo(_scores);
        var sum = 0.0;
        for (var k = 0; k < _scores.Length; k++)
        {
            var score = _scores[k];
            // float32 rounding may leave a sum of terms just above 1.
            if (!(score is >= 0 and <= 1.00001f))
                throw new InvalidDataException($"Row {Row} has the score {score} for class '{ClassNames[k]}' in column '{_options.ScoreColumn}'; {Wanted}");
            sum += score;
            _scores[k] = Math.Min(score, 1);
        }
        if (!(Math.Abs(sum - 1) <= SumTolerance))
            throw new InvalidDataException(FormattableString.Invariant($"The scores of row {Row} in column '{_options.ScoreColumn}' add up to {sum:0.####}; {Wanted}"));
        return true;
    }

    public void Dispose() => _cursor.Dispose();

    private const string Wanted = "scores must be probabilities from 0 to 1 that add up to 1. Put raw outputs through a softmax first.";

    private string[] Names(DataViewSchema.Column score, int count, DataViewSchema.Column label)
    {
        string[]? names = null;
        if (score.Annotations.Schema.GetColumnOrNull("SlotNames") is { Type: VectorDataViewType { ItemType: TextDataViewType } } slots)
        {
            VBuffer<ReadOnlyMemory<char>> texts = default;
            score.Annotations.GetGetter<VBuffer<ReadOnlyMemory<char>>>(slots)(ref texts);
            names = [.. texts.DenseValues().Select(t => t.ToString())];
        }
        names ??= LabelColumn.ClassNames(label)
            ?? throw new ArgumentException($"Nothing says which class each score in column '{score.Name}' belongs to: it has no SlotNames, and the label column '{label.Name}' is text. Make the label a key (MapValueToKey) in the order of the scores.");
        if (names.Length != count)
            throw new ArgumentException($"The column '{score.Name}' has {count} scores in a row, but there are names of {names.Length} classes.");
        return names.Distinct(StringComparer.Ordinal).Count() == count ? names
            : throw new ArgumentException($"The class '{names.GroupBy(n => n).First(g => g.Count() > 1).Key}' is there twice in the names of column '{score.Name}'; labels are found by name, so each class must have its own.");
    }
}
