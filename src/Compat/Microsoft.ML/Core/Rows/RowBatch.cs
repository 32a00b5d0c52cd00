namespace Microsoft.ML.Data;

/// <summary>Some rows of a cursor, its active columns only, in arrays that are filled again and again.</summary>
internal sealed class RowBatch(BatchReader reader)
{
    public Array[] Stores { get; } = [.. reader.Ports.Select(port => port?.MakeStore(reader.BatchSize))];

    /// <summary>The place of these rows among all: batches in ascending order give the rows in order.</summary>
    public long Number { get; private set; }

    public int Count { get; private set; }

    public bool IsFull => Count == reader.BatchSize;

    public void Clear(long number)
    {
        Number = number;
        Count = 0;
    }

    /// <summary>Adds the cursor's current row.</summary>
    public void Add()
    {
        for (int i = 0; i < Stores.Length; i++)
            reader.Ports[i]?.Read(Stores[i], Count);
        Count++;
    }
}

/// <summary>What is read of a cursor's rows: its active columns (null where inactive) and, last, their identities.</summary>
internal sealed class BatchReader(DataViewRowCursor cursor)
{
    public ColumnPort[] Ports { get; } =
        [.. cursor.Schema.Select(column => cursor.IsColumnActive(column) ? ColumnPort.Of(cursor, column) : null), ColumnPort.OfId(cursor)];

    // Enough rows that handing them over costs little, few enough that vectors of whole images fit into memory.
    public int BatchSize { get; } = cursor.Schema.Any(column => column.Type is VectorDataViewType && cursor.IsColumnActive(column)) ? 16 : 128;
}
