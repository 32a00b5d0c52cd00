namespace Microsoft.ML.Data;

/// <summary>The names of annotations that transformers understand.</summary>
internal static class AnnotationKinds
{
    public const string SlotNames = "SlotNames";
    public const string KeyValues = "KeyValues";
    public const string IsNormalized = "IsNormalized";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";
    public const string TrainingLabelValues = "TrainingLabelValues";
    public const string CategoricalSlotRanges = "CategoricalSlotRanges";

    /// <summary>Adds the names of a vector's slots: <paramref name="size"/> texts.</summary>
    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, int size, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter) =>
        builder.Add(SlotNames, new VectorDataViewType(TextDataViewType.Instance, size), getter);

    /// <summary>Adds the values that keys 1 to <paramref name="count"/> stand for.</summary>
    public static void AddKeyValues<TValue>(this DataViewSchema.Annotations.Builder builder, int count, PrimitiveDataViewType type, ValueGetter<VBuffer<TValue>> getter) =>
        builder.Add(KeyValues, new VectorDataViewType(type, count), getter);
}
