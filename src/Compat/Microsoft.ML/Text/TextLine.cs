namespace Microsoft.ML.Data;

/// <summary>
/// Writes one line of the fields of all columns. From some column on it may be sparse, "number of fields, then index:value pairs of those that are not the
/// default", where that is shorter by the package's estimate: a pair costs as much as two and a half fields.
/// </summary>
internal sealed class TextLine(char separator, bool alwaysDense)
{
    private const double PairCost = 2.5;
    private const int LeastSparseFields = 5;

    // By place in the line; those equal to the default are left out.
    private readonly List<(int Place, string Text)> _pairs = [];
    private readonly List<(int Slot, string Text)> _slots = [];

    /// <param name="writer">Where to.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="fill">Adds a column's texts by slot and returns its number of slots.</param>
    /// <param name="default">What is written for a slot without a text.</param>
    /// <param name="omitted">The text that is not worth a pair.</param>
    public void Write(TextWriter writer, TextFields[] columns, Func<TextFields, List<(int, string)>, int> fill, Func<TextFields, string> @default, Func<TextFields, string> omitted)
    {
        _pairs.Clear();
        // For each column where it begins, and how many pairs stand before it.
        var starts = new int[columns.Length + 1];
        var before = new int[columns.Length + 1];
        for (int i = 0; i < columns.Length; i++)
        {
            _slots.Clear();
            starts[i + 1] = checked(starts[i] + fill(columns[i], _slots));
            foreach (var (slot, text) in _slots)
                if (text != omitted(columns[i]))
                    _pairs.Add((starts[i] + slot, text));
            before[i + 1] = _pairs.Count;
        }

        int sparseFrom = alwaysDense ? columns.Length : SparseFrom(starts, before);
        WriteDense(writer, columns, starts, sparseFrom, @default);
        if (sparseFrom < columns.Length)
            WriteSparse(writer, starts, sparseFrom, before[sparseFrom], @default(columns[sparseFrom]));
        writer.WriteLine();
    }

    private int SparseFrom(int[] starts, int[] before)
    {
        int columns = starts.Length - 1;
        double Cost(int column) => starts[column] + PairCost * (_pairs.Count - before[column]);
        int best = Enumerable.Range(0, columns + 1).MinBy(Cost);
        int dense = starts[best], sparse = starts[columns] - dense;
        return sparse < LeastSparseFields || sparse < dense / 5 ? columns : best;
    }

    private void WriteDense(TextWriter writer, TextFields[] columns, int[] starts, int columnsEnd, Func<TextFields, string> @default)
    {
        int pair = 0;
        for (int column = 0; column < columnsEnd; column++)
            for (int place = starts[column]; place < starts[column + 1]; place++)
            {
                if (place > 0)
                    writer.Write(separator);
                bool isThere = pair < _pairs.Count && _pairs[pair].Place == place;
                writer.Write(isThere ? _pairs[pair++].Text : @default(columns[column]));
            }
    }

    private void WriteSparse(TextWriter writer, int[] starts, int column, int pair, string @default)
    {
        int start = starts[column];
        if (column > 0)
            writer.Write(separator);
        writer.Write(starts[^1] - start);
        // Without a pair it would be taken for a dense line.
        if (pair == _pairs.Count)
            writer.Write($"{separator}0:{@default}");
        for (; pair < _pairs.Count; pair++)
            writer.Write($"{separator}{_pairs[pair].Place - start}:{_pairs[pair].Text}");
    }
}
