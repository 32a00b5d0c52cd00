using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Detection;

/// <summary>What a detector's columns say of one image.</summary>
internal sealed record Found(uint[] Labels, float[] Scores, float[] Boxes)
{
    public static List<Found> In(IDataView view)
    {
        var (label, score, box) = (view.Schema["PredictedLabel"], view.Schema["Score"], view.Schema["PredictedBoundingBoxes"]);
        using var cursor = view.GetRowCursor([label, score, box]);
        var labels = cursor.GetGetter<VBuffer<uint>>(label);
        var scores = cursor.GetGetter<VBuffer<float>>(score);
        var boxes = cursor.GetGetter<VBuffer<float>>(box);
        var found = new List<Found>();
        VBuffer<uint> l = default;
        VBuffer<float> s = default, b = default;
        while (cursor.MoveNext())
        {
            labels(ref l);
            scores(ref s);
            boxes(ref b);
            found.Add(new([.. l.DenseValues()], [.. s.DenseValues()], [.. b.DenseValues()]));
        }
        return found;
    }

    public static double Iou(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var shared = Math.Max(0, Math.Min(a[2], b[2]) - Math.Max(a[0], b[0])) * Math.Max(0, Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]));
        return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
    }
}
