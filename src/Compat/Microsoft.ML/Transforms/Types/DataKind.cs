namespace Microsoft.ML.Data;

/// <summary>Names of the types of values.</summary>
public enum DataKind : byte
{
    SByte = 1,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    String,
    Boolean,
    TimeSpan,
    DateTime,
    DateTimeOffset,
}
