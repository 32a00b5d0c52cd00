namespace Microsoft.ML.Data;

/// <summary>Fields [<paramref name="Min"/>, <paramref name="End"/>); to the end of the line if that is <see cref="ToLineEnd"/>.</summary>
internal readonly record struct FieldRange(int Min, int End, bool ForceVector)
{
    public const int ToLineEnd = int.MaxValue;

    public int EndIn(int fields) => End == ToLineEnd ? Math.Max(Min, fields) : End;
}

/// <summary>A column and the fields it is made of, in order.</summary>
internal sealed record TextColumn(string Name, PrimitiveDataViewType ItemType, FieldRange[] Ranges)
{
    private bool IsVariable => Ranges.Any(range => range.End == FieldRange.ToLineEnd);

    public DataViewType Type => IsVariable ? new VectorDataViewType(ItemType)
        : Ranges is [{ ForceVector: false } only] && only.End == only.Min + 1 ? ItemType
        : new VectorDataViewType(ItemType, SizeIn(0));

    /// <summary>The last field that is needed.</summary>
    public int Last => Ranges.Max(range => range.End) - 1;

    /// <summary>The number of slots that a line of so many fields gives.</summary>
    public int SizeIn(int fields) => Ranges.Sum(range => range.EndIn(fields) - range.Min);

    public void Save(BinaryWriter writer)
    {
        writer.Write(Name);
        SchemaCodec.WriteType(writer, ItemType);
        writer.Write(Ranges.Length);
        foreach (var range in Ranges)
        {
            writer.Write(range.Min);
            writer.Write(range.End);
            writer.Write(range.ForceVector);
        }
    }

    public static TextColumn Load(BinaryReader reader) => new(
        reader.ReadString(),
        (PrimitiveDataViewType)SchemaCodec.ReadType(reader),
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new FieldRange(reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean()))]);
}
