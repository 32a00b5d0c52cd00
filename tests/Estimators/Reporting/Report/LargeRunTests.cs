using Fovea.Classification.Evaluation;
using Fovea.Classification.Reporting;
using Fovea.Reporting;
using Fovea.Tests.Classification;

namespace Fovea.Tests.Reporting.Report;

/// <summary>What a report may weigh does not depend on how long a run was or on how many classes it had.</summary>
public class LargeRunTests
{
    private const int Epochs = 10_000, Classes = 1000;

    private static readonly string[] _names = [.. Enumerable.Range(0, Classes).Select(k => $"class number {k}")];

    [Fact]
    public void ToHtml_TenThousandEpochsAndAThousandClasses_IsSmallAndHasTheExtremes()
    {
        var history = Runs.History(Epochs);
        var epochs = history.Epochs.ToList();
        epochs[4321] = epochs[4321] with { Validation = new Dictionary<string, double> { [Measure.Loss] = 77, [Measure.Accuracy] = 0.5 } };
        var report = new TrainingReport(Runs.Content() with
        {
            History = history with { Epochs = epochs, ClassCounts = _names.ToDictionary(n => n, _ => 3L) },
            Sections = CnnReport.Sections(Metrics(), new Dictionary<long, RowPicture>()),
        }, new ReportOptions());
        var html = report.ToHtml();
        Assert.InRange(Html.Bytes(html), 100_000, 3_000_000);
        var page = Html.Parse(html);
        page.AssertSound();
        Assert.Equal(Classes, page.Column("perClass", "recall").Length);
        // One bad epoch of ten thousand is still to be seen: the line goes up to where the axis ends.
        var loss = page.QuerySelectorAll("#curves svg").First(s => s.QuerySelector("title")!.TextContent == "Loss");
        Assert.Contains("highest 77", loss.QuerySelector("desc")!.TextContent);
        Assert.Contains(loss.QuerySelectorAll("circle title"), t => t.TextContent == "validation, epoch 4,322: 77");
        Assert.InRange(report.ToText().Length, 1000, 50_000);
    }

    /// <summary>3,000 rows, each with a score for every class, a third of them wrong.</summary>
    private static ClassificationMetrics Metrics()
    {
        var random = new Random(1);
        return ClassificationPass.Run(ScoredRow.View(_names, [.. Enumerable.Range(0, 3 * Classes).Select(Row)]), new ClassificationEvaluation { Mistakes = 0 });

        ScoredRow Row(int i)
        {
            var (truth, predicted) = (i % Classes, i % 3 == 0 ? random.Next(Classes) : i % Classes);
            var scores = new float[Classes];
            Array.Fill(scores, 0.5f / Classes);
            scores[predicted] += 0.5f;
            return new(truth, predicted, scores);
        }
    }
}
