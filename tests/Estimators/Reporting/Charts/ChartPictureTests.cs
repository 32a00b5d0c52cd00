using Fovea.Reporting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Reporting.Charts;

public class ChartPictureTests
{
    [Fact]
    public void Draw_BarsAndLines_AreWhereTheSvgHasThem()
    {
        var chart = new BarChart { Title = "Bars", XLabel = "classes", YLabel = "count", Bars = [("a", 1), ("b", 3)] };
        var page = Charts.Page(chart);
        var picture = new ChartPicture(2).Draw(new ChartPage { Title = "Page", Charts = [chart] }.ToSvg());
        Assert.Equal(((int)page.Number("width") * 2, (int)page.Number("height") * 2), (picture.Width, picture.Height));
        var (left, top) = Offset(page);
        foreach (var bar in page.All("rect", "fv-bar"))
        {
            var (x, y) = (left + bar.Number("x") + bar.Number("width") / 2, top + bar.Number("y"));
            Assert.Equal(new Color(0x00, 0x72, 0xb2), picture[(int)(2 * x), (int)(2 * (y + bar.Number("height") / 2))]);
            Assert.NotEqual(new Color(0x00, 0x72, 0xb2), picture[(int)(2 * x), (int)(2 * (y - 3))]);
        }
    }

    [Fact]
    public void Draw_EveryChart_HasInkInItsMiddle()
    {
        IChart[] charts =
        [
            new LineChart { Title = "Lines", XLabel = "x", YLabel = "y", Series = [new("a", [(0, 0), (1, 1)]), new("b", [(0, 1), (1, 0)])], Mark = (0.5, "here") },
            new HistogramChart { Title = "Histogram", XLabel = "x", Values = [1, 2, 2, 3] },
            new CurveChart { Title = "Curves", XLabel = "x", YLabel = "y", HasDiagonal = true, Series = [new("a", 0.5, [(0, 0, 1), (1, 1, 0)])] },
            new ReliabilityChart([new(0, 0.5, 1, 0.4, 0), new(0.5, 1, 3, 0.9, 1)]),
            new ConfusionChart(new double[,] { { 1, 2 }, { 3, 4 } }, ["a", "b"]),
            new ConfusionChart(Many(200), [.. Enumerable.Range(0, 200).Select(k => $"{k}")]),
        ];
        foreach (var chart in charts)
        {
            var picture = new ChartPicture(1).Draw(new ChartPage { Title = "Page", Charts = [chart] }.ToSvg());
            var colored = 0;
            for (var y = 0; y < picture.Height; y++)
                for (var x = 0; x < picture.Width; x++)
                    colored += Math.Abs(picture[x, y].R - picture[x, y].B) > 60 ? 1 : 0; // letters and axes are grey
            Assert.True(colored > 300, $"{chart.Title}: {colored} colored pixels");
        }

        static double[,] Many(int classes)
        {
            var counts = new double[classes, classes];
            for (var k = 0; k < classes; k++)
                for (var p = 0; p < classes; p++)
                    counts[k, p] = k == p ? 50 : 1;
            return counts;
        }
    }

    [Fact]
    public void SaveConfusionMatrix_Png_IsAReadablePicture()
    {
        using var folder = new TempFolder();
        var vision = new MLContext().Vision;
        vision.SaveConfusionMatrix(new long[,] { { 8, 2 }, { 1, 9 } }, ["cat", "dog"], folder.File("matrix.png"));
        vision.SaveConfusionMatrix(new long[,] { { 8, 2 }, { 1, 9 } }, ["cat", "dog"], folder.File("matrix.svg"));
        using var image = MLImage.CreateFromFile(folder.File("matrix.png"));
        var svg = System.Xml.Linq.XDocument.Load(folder.File("matrix.svg")).Root!;
        Assert.Equal((2 * svg.Number("width"), 2 * svg.Number("height")), (image.Width, image.Height));
    }

    [Fact]
    public void Look_OfClasses_IsTheStylesOnLightGround()
    {
        var right = ChartLook.Of(SvgMarkup.Element("rect", "fv-right", ("fill-opacity", 0.5)));
        Assert.Equal((new Color(0x00, 0x72, 0xb2), 0.5), (right.Fill!.Value, right.FillOpacity));
        var line = ChartLook.Of(SvgMarkup.Element("path", $"fv-line {ChartStyle.Series(7)}"));
        Assert.Equal((DistinctColors.At(5), 2.0, true), (line.Stroke!.Value, line.StrokeWidth, line.IsRound));
        Assert.Equal([7, 4], line.Dashes);
        Assert.Null(line.Fill);
        var head = ChartLook.Of(SvgMarkup.Text("a", 0, 0, "fv-head"));
        Assert.Equal((18.0, true, new Color(0x20, 0x21, 0x24)), (head.FontSize, head.IsBold, head.Fill!.Value));
        Assert.Equal((12.0, false), (ChartLook.Of(SvgMarkup.Text("a", 0, 0, "fv-label")).FontSize, ChartLook.Of(SvgMarkup.Text("a", 0, 0, "fv-label")).IsBold));
        Assert.Equal(Color.White, ChartLook.Of(SvgMarkup.Text("9", 0, 0, "fv-count fv-right-2")).Fill);
    }

    private static (double X, double Y) Offset(System.Xml.Linq.XElement page)
    {
        var numbers = page.All("g").First().Attribute("transform")!.Value.Split('(', ' ', ')');
        return (double.Parse(numbers[1]), double.Parse(numbers[2]));
    }
}
