using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Tests.Detection;

/// <summary>Numbers that other projects publish, or that pycocotools' own code computed of their data; all agree to 1e-6.</summary>
public class MapFixtureTests
{
    private const double Tolerance = 1e-6; // of the sources, the least exact of which have six digits

    private const string Coco = "coco-val2014-100/instances_val2014_100.json";
    private const string CocoFound = "coco-val2014-100/instances_val2014_fakebbox100_results.json";
    private const string CocoMasks = "coco-val2014-100/instances_val2014_fakesegm100_results.json";
    private const string Review = "review/tests/test_coco_eval/gts/sampled_gts_bbox_area.json";
    private const string ReviewFound = "review/tests/test_coco_eval/dets/sampled_bbox_results.json";
    private const string Toy = "review/toyexample/gts_coco_format/toy_example_coco.JSON";
    private const string ToyFound = "review/toyexample/dets_coco_format/coco_dets.json";

    private static readonly MLContext Ml = new();

    [SkippableTheory]
    [InlineData("coco-val2014-100 bbox", Coco, CocoFound, false, "values")]
    [InlineData("coco-val2014-100 segm", Coco, CocoMasks, true, "values")]
    [InlineData("review/tests/test_coco_eval", Review, ReviewFound, false, "values")]
    [InlineData("review/toyexample", Toy, ToyFound, false, "values_annotation_ids_plus_1")]
    public void EvaluateCoco_OfFiles_GivesThePublishedNumbers(string name, string truth, string found, bool masks, string values)
    {
        var metrics = Ml.Vision.EvaluateCoco(Fixture(truth), Fixture(found), masks: masks);
        AssertCoco(Expected(name), values, metrics);
    }

    [SkippableTheory]
    [InlineData("coco-val2014-100 bbox", Coco, CocoFound, "values")]
    [InlineData("review/tests/test_coco_eval", Review, ReviewFound, "values")]
    [InlineData("review/toyexample", Toy, ToyFound, "values_annotation_ids_plus_1")]
    public void EvaluateDetection_OfTheirViewInAnyOrder_GivesThePublishedNumbers(string name, string truth, string found, string values)
    {
        var (names, rows) = Rows(Fixture(truth), Fixture(found));
        AssertCoco(Expected(name), values, Ml.Vision.EvaluateDetection(DetectionRow.View(names, rows)));
        rows.Reverse();
        AssertCoco(Expected(name), values, Ml.Vision.EvaluateDetection(DetectionRow.View(names, rows)));
    }

    [SkippableTheory]
    [InlineData("review/tests/test_case_1", "review/tests/test_case_1/gts", "review/tests/test_case_1/dets", false)]
    [InlineData("object-detection-metrics", "object-detection-metrics/groundtruths", "object-detection-metrics/detections", false)]
    [InlineData("object-detection-metrics", "object-detection-metrics/groundtruths_rel", "object-detection-metrics/detections_rel", true)]
    public void EvaluateDetection_OfVocsBoxes_GivesThePublishedNumbers(string name, string truths, string detections, bool relative)
    {
        var view = DetectionRow.View(["object"], [.. Directory.GetFiles(Fixture(truths), "*.txt").Select(file =>
        {
            var (found, there) = (Lines(Path.Combine(Fixture(detections), Path.GetFileName(file))), Lines(file));
            return new DetectionRow
            {
                Image = Path.GetFileName(file), Boxes = [.. there.SelectMany(l => Corners(l.AsSpan(1), relative))], Labels = new int[there.Count],
                PredictedBoxes = [.. found.SelectMany(l => Corners(l.AsSpan(2), relative))], PredictedLabels = new int[found.Count], Scores = [.. found.Select(l => Number(l[1]))],
            };
        })]);
        AssertVoc(Expected(name)["recomputed"]!, options => Ml.Vision.EvaluateDetection(view, options));
    }

    [SkippableFact]
    public void EvaluateCoco_OfVocsToys_GivesTheirNumbers() =>
        AssertVoc(Expected("review/toyexample")["voc"]!, options => Ml.Vision.EvaluateCoco(Fixture(Toy), Fixture(ToyFound), options));

    private static void AssertCoco(JsonNode expected, string values, DetectionMetrics metrics)
    {
        (string Name, double Value)[] got =
        [
            ("AP", metrics.AP), ("AP50", metrics.AP50), ("AP75", metrics.AP75), ("APsmall", metrics.APSmall), ("APmedium", metrics.APMedium), ("APlarge", metrics.APLarge),
            ("AR1", metrics.AR1), ("AR10", metrics.AR10), ("AR100", metrics.AR100), ("ARsmall", metrics.ARSmall), ("ARmedium", metrics.ARMedium), ("ARlarge", metrics.ARLarge),
        ];
        foreach (var (name, value) in got)
            AssertNumber((double)expected[values]![name]!, value, name);
        if (expected["per_class_recomputed"] is not JsonObject classes)
            return;
        Assert.Equal(classes.Count, metrics.Classes.Count(c => !double.IsNaN(c.AP)));
        foreach (var c in metrics.Classes.Where(c => !double.IsNaN(c.AP)))
            foreach (var (name, value) in new[] { ("AP", c.AP), ("AP50", c.AP50), ("AP75", c.AP75), ("AR100", c.AR100) })
                AssertNumber((double)classes[c.Name]![name]!, value, $"{name} of {c.Name}");
    }

    private static void AssertVoc(JsonNode cases, Func<DetectionEvaluation, DetectionMetrics> evaluate)
    {
        foreach (var (name, numbers) in cases.AsObject())
        {
            var iou = double.Parse(name[5..name.IndexOf(',')], CultureInfo.InvariantCulture);
            var metrics = evaluate(new DetectionEvaluation { IoU = iou, InclusivePixels = name.Contains("inclusive"), Score = 0 });
            AssertNumber((double)numbers!["mAP_all_points"]!, metrics.VocAP, name);
            AssertNumber((double)numbers["mAP_11_points"]!, metrics.Voc11PointAP, name);
            var only = Assert.Single(metrics.Classes);
            Assert.Equal((int)numbers["tp"]!, only.TruePositives);
            Assert.Equal((int)numbers["fp"]!, only.FalsePositives);
            Assert.Equal(only.TruePositives + only.FalsePositives, only.Curve.Scores.Count);
        }
    }

    /// <summary>-1 stands for "has no meaning".</summary>
    private static void AssertNumber(double expected, double actual, string name) =>
        Assert.True(expected == -1 ? double.IsNaN(actual) : Math.Abs(expected - actual) <= Tolerance, $"{name}: {actual}, wanted {expected}");

    /// <summary>The two files as rows, numbers as float32, as a detector's columns have them.</summary>
    private static (IReadOnlyList<string> Names, List<DetectionRow> Rows) Rows(string truth, string found)
    {
        var set = CocoReader.Read(truth, Path.GetDirectoryName(truth)!, allowPathsOutside: false);
        var json = JsonNode.Parse(File.ReadAllText(found))!;
        var results = (json as JsonArray ?? json["annotations"]!.AsArray()).ToLookup(r => (long)r!["image_id"]!);
        return (set.ClassNames, [.. set.Images.Select(image => new DetectionRow
        {
            Id = image.Id,
            Boxes = [.. image.Objects.SelectMany(o => new[] { o.Box.X0, o.Box.Y0, o.Box.X1, o.Box.Y1 })],
            Labels = [.. image.Objects.Select(o => o.Box.Label)],
            IsCrowd = [.. image.Objects.Select(o => o.Box.IsCrowd)],
            Areas = [.. image.Objects.Select(o => o.Area)],
            PredictedBoxes = [.. results[image.Id].SelectMany(r => Corners([.. r!["bbox"]!.AsArray().Select(v => (double)v!)]))],
            PredictedLabels = [.. results[image.Id].Select(r => set.CategoryIds!.ToList().IndexOf((long)r!["category_id"]!))],
            Scores = [.. results[image.Id].Select(r => (float)r!["score"]!)],
        })]);
    }

    private static List<string[]> Lines(string file) => [.. File.ReadLines(file).Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(l => l.Length > 0)];

    private static float[] Corners(ReadOnlySpan<string> fields, bool relative)
    {
        double[] box = [.. fields.ToArray().Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        return relative ? Corners([(box[0] - box[2] / 2) * 200, (box[1] - box[3] / 2) * 200, box[2] * 200, box[3] * 200]) : Corners(box);
    }

    private static float[] Corners(double[] box) => [(float)box[0], (float)box[1], (float)(box[0] + box[2]), (float)(box[1] + box[3])];

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static string Fixture(string path) => TestData.Shared(Path.Combine("data", "map-fixtures", path));

    private static JsonNode Expected(string name) => JsonNode.Parse(File.ReadAllText(Fixture("expected.json")))![name]!;
}
