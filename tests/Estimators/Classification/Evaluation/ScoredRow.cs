using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Classification;

/// <summary>A row as a classifier leaves it.</summary>
/// <param name="Label">Index of the true class; -1 for a missing one.</param>
/// <param name="Predicted">Index of the predicted class.</param>
/// <param name="Scores">(K,).</param>
internal sealed record ScoredRow(int Label, int Predicted, params float[] Scores)
{
    /// <summary>A view as a loader and a classifier make it together.</summary>
    /// <param name="names">The scores' classes.</param>
    /// <param name="rows">As many as wanted.</param>
    /// <param name="labels">The label's classes, where they are others.</param>
    /// <param name="hasSlotNames">Whether the scores tell their classes.</param>
    public static IDataView View(IReadOnlyList<string> names, IReadOnlyList<ScoredRow> rows, IReadOnlyList<string>? labels = null, bool hasSlotNames = true) =>
        new Rows(Schema(names, labels ?? names, hasSlotNames), rows);

    private static DataViewSchema Schema(IReadOnlyList<string> names, IReadOnlyList<string> labels, bool hasSlotNames)
    {
        var schema = new DataViewSchema.Builder();
        ClassKey.AddTo(schema, "Label", labels);
        ClassKey.AddTo(schema, "PredictedLabel", names);
        var slots = new DataViewSchema.Annotations.Builder();
        if (hasSlotNames)
            ClassKey.AddNames(slots, "SlotNames", names);
        schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, names.Count), slots.ToAnnotations());
        return schema.ToSchema();
    }

    private sealed class Rows(DataViewSchema schema, IReadOnlyList<ScoredRow> rows) : RowView(schema, rows.Count)
    {
        public override Delegate CreateGetter(int column, Func<int> row) => column switch
        {
            0 => (ValueGetter<uint>)((ref uint value) => value = (uint)(rows[row()].Label + 1)),
            1 => (ValueGetter<uint>)((ref uint value) => value = (uint)(rows[row()].Predicted + 1)),
            _ => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => value = new VBuffer<float>(rows[row()].Scores.Length, rows[row()].Scores)),
        };
    }
}
