namespace Microsoft.ML.Data;

/// <summary>Says which fields of a line of text a member is read from.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) => Ranges = [(fieldIndex, fieldIndex)];

    public LoadColumnAttribute(int start, int end) => Ranges = [(start, end)];

    public LoadColumnAttribute(int[] columnIndexes) => Ranges = [.. columnIndexes.Select(index => (index, index))];

    /// <summary>The first and the last field, both included, of each range.</summary>
    internal IReadOnlyList<(int First, int Last)> Ranges { get; }
}
