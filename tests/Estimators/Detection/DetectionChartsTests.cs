using System.Xml.Linq;
using Fovea.Tests.Reporting.Charts;
using Microsoft.ML;

namespace Fovea.Tests.Detection;

public class DetectionChartsTests
{
    [Fact]
    public void SavePrecisionRecallCurves_OfDetections_HaveAPointForEach()
    {
        using var folder = new TempFolder();
        var ml = new MLContext();
        // Two cats: the first prediction finds one, the second nothing, the third the other. No dog.
        var metrics = ml.Vision.EvaluateDetection(DetectionRow.View(["cat", "dog"],
        [
            new()
            {
                Boxes = [0, 0, 10, 10, 20, 20, 30, 30], Labels = [0, 0],
                PredictedBoxes = [0, 0, 10, 10, 50, 50, 60, 60, 20, 20, 30, 30], PredictedLabels = [0, 0, 0], Scores = [0.9f, 0.8f, 0.7f],
            },
        ]));
        ml.Vision.SavePrecisionRecallCurves(metrics, folder.File("recall.svg"));
        var page = XDocument.Load(folder.File("recall.svg")).Root!;
        Charts.AssertSound(page);
        // VOC's area: a half at precision 1, a half at 2/3. A class without objects has no curve.
        Assert.Contains($"cat ({5 / 6.0:0.0000})", page.Words());
        Assert.DoesNotContain("dog", page.Words());
        Assert.Equal(
            ["from score 0.9 on: recall 50 %, precision 100 %", "from score 0.8 on: recall 50 %, precision 50 %", "from score 0.7 on: recall 100 %, precision 66.7 %"],
            page.All("circle").Select(c => c.Hover().Split(", ", 2)[1]));
    }
}
