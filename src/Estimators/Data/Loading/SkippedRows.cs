using System.Collections.Concurrent;

namespace Fovea.Data;

/// <summary>Rows that could not be read and were left out; each is tried once, then remembered. Any thread may add.</summary>
internal sealed class SkippedRows
{
    private readonly ConcurrentDictionary<int, string> _reasons = new();

    public int Count => _reasons.Count;

    public bool Contains(int row) => !_reasons.IsEmpty && _reasons.ContainsKey(row);

    /// <param name="row">Its number.</param>
    /// <param name="reason">Why, with the file's name.</param>
    public void Add(int row, string reason) => _reasons.TryAdd(row, reason);

    /// <summary>Why, in the order of the rows.</summary>
    public IReadOnlyList<string> Reasons => [.. _reasons.OrderBy(r => r.Key).Select(r => r.Value)];
}
