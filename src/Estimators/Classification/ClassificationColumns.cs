using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Classification;

/// <summary>The predicted label and the scores, as ML.NET's multiclass evaluation expects them.</summary>
internal static class ClassificationColumns
{
    public static IReadOnlyList<PredictionColumn<ClassPrediction>> Of(CnnModel model, IReadOnlyList<string> classNames)
    {
        ReadOnlyMemory<char>[] names = [.. classNames.Select(n => n.AsMemory())];
        return [PredictedLabel(model, names), Score(model, names)];
    }

    private static PredictionColumn<ClassPrediction> PredictedLabel(CnnModel model, ReadOnlyMemory<char>[] names)
    {
        var name = model.Options.PredictedLabelColumn;
        if (!model.LabelIsKey)
        {
            return new(new(name, TextDataViewType.Instance), current =>
                (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = names[current().Best]));
        }
        var annotations = new DataViewSchema.Annotations.Builder();
        AddNames(annotations, "KeyValues", names);
        AddText(annotations, "ScoreColumnKind", "MulticlassClassification");
        AddText(annotations, "ScoreValueKind", "PredictedLabel");
        return new(new(name, new KeyDataViewType(typeof(uint), names.Length), annotations.ToAnnotations()), current =>
            (ValueGetter<uint>)((ref uint value) => value = (uint)current().Best + 1));
    }

    private static PredictionColumn<ClassPrediction> Score(CnnModel model, ReadOnlyMemory<char>[] names)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        AddNames(annotations, "SlotNames", names);
        AddText(annotations, "ScoreColumnKind", "MulticlassClassification");
        AddText(annotations, "ScoreValueKind", "Score");
        return new(new(model.Options.ScoreColumn, new VectorDataViewType(NumberDataViewType.Single, names.Length), annotations.ToAnnotations()), current =>
            (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var prediction = current();
                var editor = VBufferEditor.Create(ref value, names.Length);
                prediction.Scores.AsSpan(prediction.Offset, names.Length).CopyTo(editor.Values);
                value = editor.Commit();
            }));
    }

    private static void AddNames(DataViewSchema.Annotations.Builder annotations, string kind, ReadOnlyMemory<char>[] names) =>
        annotations.Add(kind, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));

    private static void AddText(DataViewSchema.Annotations.Builder annotations, string kind, string text) =>
        annotations.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
}
