using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Detection;

/// <summary>Labels, scores and boxes of the objects found, each a vector with a value (a box: four) for every object, as ML.NET's own detector gives them.</summary>
internal static class DetectionColumns
{
    public static IReadOnlyList<PredictionColumn<DetectionPrediction>> Of(DetectionOptions options, IReadOnlyList<string> classNames)
    {
        var names = new DataViewSchema.Annotations.Builder();
        ClassKey.AddNames(names, "KeyValues", classNames);
        return
        [
            new(new(options.PredictedLabelColumn, new VectorDataViewType(new KeyDataViewType(typeof(uint), classNames.Count)), names.ToAnnotations()), current =>
                (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
                {
                    var labels = current().Labels;
                    var editor = VBufferEditor.Create(ref value, labels.Length);
                    // A key's raw value is 1 for the first class.
                    for (var i = 0; i < labels.Length; i++)
                        editor.Values[i] = (uint)labels[i] + 1;
                    value = editor.Commit();
                })),
            Numbers(options.ScoreColumn, prediction => prediction.Scores),
            Numbers(options.PredictedBoundingBoxColumn, prediction => prediction.Boxes),
        ];
    }

    private static PredictionColumn<DetectionPrediction> Numbers(string name, Func<DetectionPrediction, float[]> take) =>
        new(new(name, new VectorDataViewType(NumberDataViewType.Single)), current => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var numbers = take(current());
            VBuffer<float>.Copy(numbers, 0, ref value, numbers.Length);
        }));
}
