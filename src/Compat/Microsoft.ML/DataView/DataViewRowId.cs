using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit identity of a row; new ones are derived by rounds of MurmurHash3 (x64, 128 bit, Austin Appleby, public domain).</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    // MurmurHash3's multipliers for the two halves of a block.
    private const ulong LowMultiplier = 0x87c37b91114253d5;
    private const ulong HighMultiplier = 0x4cf5ad432745937f;

    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>The identity after a block of (0, 0).</summary>
    public DataViewRowId Next() => Round(0, 0);

    /// <summary>The identity after a block of (1, 0): another line of descent than <see cref="Next"/>.</summary>
    public DataViewRowId Fork()
    {
        // The low half is mixed in after its round here, as in the packages; a textbook round mixes it in before.
        var next = Round(0, 0);
        return new(next.Low ^ BitOperations.RotateLeft(LowMultiplier, 31) * HighMultiplier, next.High);
    }

    public DataViewRowId Combine(DataViewRowId other)
    {
        other = other.Fork();
        return Round(
            BitOperations.RotateLeft(other.Low * LowMultiplier, 31) * HighMultiplier,
            BitOperations.RotateLeft(other.High * HighMultiplier, 33) * LowMultiplier);
    }

    public int CompareTo(DataViewRowId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    private DataViewRowId Round(ulong lowBlock, ulong highBlock)
    {
        ulong low = BitOperations.RotateLeft(Low ^ lowBlock, 27) + High;
        low = low * 5 + 0x52dce729;
        ulong high = BitOperations.RotateLeft(High ^ highBlock, 31) + low;
        high = high * 5 + 0x38495ab5;
        return new(low, high);
    }
}
