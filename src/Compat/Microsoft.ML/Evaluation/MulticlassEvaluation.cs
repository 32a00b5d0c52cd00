using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads labels and scores of a view and counts them. Rows without a label, with a label that is no class number, or with a score that is not finite are passed over.</summary>
internal static class MulticlassEvaluation
{
    private const string Parameter = "schema";

    public static MulticlassClassificationMetrics Run(IDataView data, string label, string score, string predictedLabel, int topK)
    {
        var labelColumn = Find(data.Schema, "Label", label);
        var scoreColumn = Find(data.Schema, "Score", score);
        // Never read: the class with the highest score is the predicted one. It must be there all the same.
        Find(data.Schema, "PredictedLabel", predictedLabel);
        if (scoreColumn.Type is not VectorDataViewType { Size: >= 2 } scoreType || scoreType.ItemType != NumberDataViewType.Single)
            throw Errors.SchemaMismatch(Parameter, "score", score, "vector of two or more items of type Single", scoreColumn.Type.ToString());
        if (labelColumn.Type != NumberDataViewType.Single && labelColumn.Type is not KeyDataViewType)
            throw Errors.SchemaMismatch(Parameter, "label", label, "Single or Key", labelColumn.Type.ToString());

        var counts = Count(data, labelColumn, scoreColumn, scoreType.Size);
        return new(counts, topK, new(counts.Confusion, ClassNames(scoreColumn, scoreType.Size)));
    }

    private static ClassCounts Count(IDataView data, DataViewSchema.Column labelColumn, DataViewSchema.Column scoreColumn, int classes)
    {
        var counts = new ClassCounts(classes);
        using var cursor = data.GetRowCursor([labelColumn, scoreColumn]);
        var getLabel = LabelGetter.Of(cursor, labelColumn);
        var getScores = cursor.GetGetter<VBuffer<float>>(scoreColumn);
        float label = 0;
        var buffer = default(VBuffer<float>);
        var scores = new float[classes];
        while (cursor.MoveNext())
        {
            getLabel(ref label);
            // NaN, a missing label, is no class number either.
            if (!(label >= 0 && label == (int)label))
                continue;
            getScores(ref buffer);
            Check.That(buffer.Length == classes, $"Column '{scoreColumn.Name}': expected {classes} scores, but got {buffer.Length}");
            buffer.CopyTo(scores);
            if (Array.TrueForAll(scores, float.IsFinite))
                counts.Add((int)label, scores);
        }

        return counts;
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw Errors.SchemaMismatch(Parameter, role, name);

    /// <summary>The scores' slot names; without them, the classes' numbers.</summary>
    private static string[] ClassNames(DataViewSchema.Column score, int classes)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        if (score.Annotations.Schema.GetColumnOrNull(AnnotationKinds.SlotNames)?.Type is VectorDataViewType { ItemType: TextDataViewType } type && type.Size == classes)
            score.Annotations.GetValue(AnnotationKinds.SlotNames, ref names);
        return names.Length == classes
            ? [.. names.DenseValues().Select(name => name.ToString())]
            : [.. Enumerable.Range(0, classes).Select(k => k.ToString())];
    }
}
