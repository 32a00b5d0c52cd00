namespace Microsoft.ML.Data;

/// <summary>From names of types to types.</summary>
internal static class DataKinds
{
    public static PrimitiveDataViewType ToType(this DataKind kind) => kind switch
    {
        DataKind.SByte => NumberDataViewType.SByte,
        DataKind.Byte => NumberDataViewType.Byte,
        DataKind.Int16 => NumberDataViewType.Int16,
        DataKind.UInt16 => NumberDataViewType.UInt16,
        DataKind.Int32 => NumberDataViewType.Int32,
        DataKind.UInt32 => NumberDataViewType.UInt32,
        DataKind.Int64 => NumberDataViewType.Int64,
        DataKind.UInt64 => NumberDataViewType.UInt64,
        DataKind.Single => NumberDataViewType.Single,
        DataKind.Double => NumberDataViewType.Double,
        DataKind.String => TextDataViewType.Instance,
        DataKind.Boolean => BooleanDataViewType.Instance,
        DataKind.TimeSpan => TimeSpanDataViewType.Instance,
        DataKind.DateTime => DateTimeDataViewType.Instance,
        DataKind.DateTimeOffset => DateTimeOffsetDataViewType.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Bad item type"),
    };

    /// <summary>The name of the type of a .NET type's values, null if there is none.</summary>
    public static DataKind? Of(Type type) =>
        RawTypes.PrimitiveOrNull(type) is { } found && found != RowIdDataViewType.Instance
            ? Enum.GetValues<DataKind>().Single(kind => kind.ToType() == found)
            : null;
}
