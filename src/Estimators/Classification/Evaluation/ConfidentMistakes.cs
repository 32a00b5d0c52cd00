namespace Fovea.Classification.Evaluation;

/// <summary>Keeps the wrong predictions of the highest confidence; of equal ones those that came first.</summary>
internal sealed class ConfidentMistakes(int most)
{
    // The least confident first, and of equals the last row.
    private readonly PriorityQueue<ClassificationMistake, (double Confidence, long Row)> _kept = new();

    public void Add(ClassificationMistake mistake)
    {
        _kept.Enqueue(mistake, (mistake.Confidence, -mistake.Row));
        if (_kept.Count > most)
            _kept.Dequeue();
    }

    public IReadOnlyList<ClassificationMistake> Ordered() => [.. _kept.UnorderedItems.Select(i => i.Element).OrderByDescending(m => m.Confidence).ThenBy(m => m.Row)];
}
