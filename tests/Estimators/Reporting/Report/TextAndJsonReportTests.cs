using System.Text.Json;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting.Report;

public class TextAndJsonReportTests
{
    [Fact]
    public void Text_Page_HasEveryPartInWords()
    {
        var text = TextReport.Of(Runs.Page("Ærø"));
        Assert.StartsWith("Ærø\nÆrø\n", text.ReplaceLineEndings("\n"));
        foreach (var part in new[] { "Number  0.1235", "Warning: Ærø", "0.2500", "n/a", "Ærø: Ærø of 2 Ærø; lowest Ærø (1), highest b (2).", "5 of 6 right", "Ærø; Ærø Ærø" })
            Assert.Contains(part, text);
    }

    [Fact]
    public void Text_LongTable_IsCutAndSaysSo()
    {
        var rows = Enumerable.Range(0, 500).Select(i => (IReadOnlyList<ReportValue>)[ReportValue.Count(i)]).ToList();
        var text = TextReport.Of(Runs.Page("a") with { Sections = [new("one", "a", [new TablePart("long", "Long", [new("i", "i")], rows) { Shown = TablePart.Spread(500, 100, 123) }])] });
        Assert.Contains("40 of 500 rows", text);
        Assert.Contains("  499", text); // spread over all, the last among them
    }

    [Fact]
    public void Json_Page_HasEveryNumberByItsName()
    {
        using var json = JsonDocument.Parse(JsonReport.Of(Runs.Page("Ærø \"x\" & 猫")));
        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("format").GetInt32());
        Assert.Equal(0.123456789, root.GetProperty("headline").GetProperty("number").GetDouble());
        var one = root.GetProperty("one");
        Assert.Equal("Ærø \"x\" & 猫", one.GetProperty("facts").GetProperty("fact").GetString());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("facts").GetProperty("missing").ValueKind);
        Assert.Equal(0.25, one.GetProperty("table")[0].GetProperty("share").GetDouble());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("table")[1].GetProperty("share").ValueKind);
        Assert.Equal(2, one.GetProperty("pictures").GetArrayLength());
    }

    [Theory]
    [InlineData(5, 10, new int[0], new[] { 0, 1, 2, 3, 4 })]
    [InlineData(100, 3, new int[0], new[] { 0, 50, 99 })]
    [InlineData(100, 2, new[] { 42, -1, 100 }, new[] { 0, 42, 99 })]
    public void Spread_Places_HasTheEndsAndWhatIsNeeded(int count, int most, int[] needed, int[] expected) =>
        Assert.Equal(expected, TablePart.Spread(count, most, needed));

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(59.96, "60.0 s")]
    [InlineData(192, "3 min 12 s")]
    [InlineData(90_061, "25 h 1 min")]
    public void Time_Seconds_ReadsWell(double seconds, string expected) => Assert.Equal(expected, ReportValue.Time(TimeSpan.FromSeconds(seconds)).Text);
}
