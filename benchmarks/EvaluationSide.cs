using System.Globalization;
using Fovea.Data;
using Fovea.Storage;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the evaluations' measurement: what <c>ml.Vision.Evaluate…</c> does with what <see cref="EvaluationWorkload"/> wrote.</summary>
internal static class EvaluationSide
{
    /// <param name="work">As peers/evaluation.py names it.</param>
    /// <param name="folder">Has the files.</param>
    public static void Serve(string work, string folder)
    {
        var ml = new MLContext(0);
        Func<double[]> evaluate = work switch
        {
            "classes" => Classes(ml, SafetensorsFile.Read(Path.Combine(folder, "classes.safetensors"))),
            "masks" => Masks(ml, SafetensorsFile.Read(Path.Combine(folder, "masks.safetensors"))),
            "boxes" => () => Boxes(ml, Path.Combine(folder, "truth.json"), Path.Combine(folder, "results.json")),
            _ => throw new ArgumentException($"There is no work '{work}'.", nameof(work)),
        };
        SideServer.Serve(SideServer.Ready(Precision.Float32), () => evaluate(), ("figures", evaluate));
    }

    private static Func<double[]> Classes(MLContext ml, Dictionary<string, Tensor> given)
    {
        var (labels, scores) = (given["labels"].data<long>().ToArray(), given["scores"].data<float>().ToArray());
        var predicted = given["scores"].argmax(1).data<long>().ToArray();
        var schema = new DataViewSchema.Builder();
        var names = Names(EvaluationWorkload.Classes);
        ClassKey.AddTo(schema, "Label", names);
        ClassKey.AddTo(schema, "PredictedLabel", names);
        schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, EvaluationWorkload.Classes));
        var view = new GeneratedView(schema.ToSchema(), labels.Length, Key(labels), Key(predicted), row => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, EvaluationWorkload.Classes);
            scores.AsSpan(row() * EvaluationWorkload.Classes, EvaluationWorkload.Classes).CopyTo(editor.Values);
            value = editor.Commit();
        }));
        return () =>
        {
            var m = ml.Vision.EvaluateClassification(view);
            return [m.Accuracy, m.TopAccuracy, m.LogLoss, m.BrierScore, m.MacroArea, m.MacroAveragePrecision, .. m.Counts.Cast<long>().Select(n => (double)n)];
        };
    }

    private static Func<double[]> Masks(MLContext ml, Dictionary<string, Tensor> given)
    {
        var (truth, predicted) = (Images(given["truth"]), Images(given["predicted"]));
        var type = new ImageDataViewType(EvaluationWorkload.Side, EvaluationWorkload.Side);
        var schema = new DataViewSchema.Builder();
        MaskColumn.AddTo(schema, "Mask", new MaskClasses([.. Names(EvaluationWorkload.MaskClasses)]) { IgnoreIndex = EvaluationWorkload.Ignored }, type);
        schema.AddColumn("PredictedMask", type);
        var view = new GeneratedView(schema.ToSchema(), truth.Length, Image(truth), Image(predicted));
        return () =>
        {
            var m = ml.Vision.EvaluateSegmentation(view);
            return [m.PixelAccuracy, .. m.IoU, .. m.Counts.Cast<long>().Select(n => (double)n)];
        };
    }

    private static double[] Boxes(MLContext ml, string truth, string results)
    {
        var m = ml.Vision.EvaluateCoco(truth, results);
        return [m.AP, m.AP50, m.AP75, m.APSmall, m.APMedium, m.APLarge, m.AR1, m.AR10, m.AR100, m.ARSmall, m.ARMedium, m.ARLarge];
    }

    private static string[] Names(int classes) => [.. Enumerable.Range(0, classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];

    private static Func<Func<int>, Delegate> Key(long[] classes) => row => (ValueGetter<uint>)((ref uint value) => value = (uint)classes[row()] + 1);

    private static Func<Func<int>, Delegate> Image(MLImage[] images) => row => (ValueGetter<MLImage>)((ref MLImage value) => value = images[row()]);

    /// <summary>As masks are in memory in ML.NET: four channels.</summary>
    private static MLImage[] Images(Tensor masks)
    {
        var (height, width) = ((int)masks.shape[1], (int)masks.shape[2]);
        var opaque = full_like(masks, 255);
        var pixels = stack([masks, masks, masks, opaque], -1); // (N, H, W, 4)
        return [.. pixels.unbind(0).Select(image => MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, image.data<byte>().ToArray()))];
    }
}
