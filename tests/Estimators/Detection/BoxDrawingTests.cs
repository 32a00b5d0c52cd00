using Fovea.Reporting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Detection;

public class BoxDrawingTests
{
    private static readonly MLContext Ml = new();

    /// <summary>A grey image of 64 x 48 with a box of the second class.</summary>
    private static DetectionRow Row(TempFolder folder) => new()
    {
        Image = folder.WriteGrey("grey.pgm", 64, 48, 100),
        Boxes = [2, 2, 8, 8], Labels = [0],
        PredictedBoxes = [10, 20, 30, 40], PredictedLabels = [1], Scores = [0.8f],
    };

    [Fact]
    public void DrawBoxes_APrediction_IsDrawnInItsClassesColor()
    {
        using var folder = new TempFolder();
        var row = Row(folder);
        using var image = Draw(row);
        Assert.Equal((64, 48), (image.Width, image.Height));
        var color = ClassColors.Of(1);
        foreach (var (x, y) in new[] { (10, 30), (29, 30), (20, 39) })
            Assert.Equal(color, Pixel(image, x, y));
        // Within and beside it the image is as it was; so is the truth's place.
        foreach (var (x, y) in new[] { (20, 35), (40, 30), (3, 3) })
            Assert.Equal(new Color(100, 100, 100), Pixel(image, x, y));
    }

    [Fact]
    public void DrawBoxes_TheTruth_IsDrawnWithoutScores()
    {
        using var folder = new TempFolder();
        using var image = Draw(Row(folder), new() { BoundingBoxColumn = "BoundingBoxes", LabelColumn = "Labels", ScoreColumn = null });
        Assert.Equal(ClassColors.Of(0), Pixel(image, 2, 6));
        Assert.Equal(new Color(100, 100, 100), Pixel(image, 10, 30));
    }

    [Theory]
    [InlineData(0.79f)]
    [InlineData(float.NaN)]
    public void DrawBoxes_TooLowAScore_LeavesTheImageAsItIs(float score)
    {
        using var folder = new TempFolder();
        using var image = Draw(Row(folder) with { Scores = [score] }, new() { MinimumScore = 0.8 });
        Assert.All(Enumerable.Range(0, 64 * 48), i => Assert.Equal(new Color(100, 100, 100), Pixel(image, i % 64, i / 64)));
    }

    [Fact]
    public void DrawBoxes_OddBoxes_AreDrawnAsFarAsTheyCanBe()
    {
        using var folder = new TempFolder();
        float[] boxes = [-20, 10, 20, 60, float.NaN, 0, 5, 5, 50, 30, 40, 20, 25, 25, 25, 25, float.NegativeInfinity, 0, 5, 5];
        using var image = Draw(Row(folder) with { PredictedBoxes = boxes, PredictedLabels = [0, 0, 1, -1, 0], Scores = [1, 1, 1, 1, 1] });
        Assert.Equal(ClassColors.Of(0), Pixel(image, 19, 46)); // beyond the edges of the image
        Assert.Equal(ClassColors.Of(1), Pixel(image, 40, 27)); // inside out
        Assert.Equal(ClassColors.Of(-1), Pixel(image, 25, 25)); // without area or class
    }

    [Fact]
    public void DrawBoxes_CountsDisagree_IsAnErrorOfTheRow()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<InvalidDataException>(() => Draw(Row(folder) with { Scores = [] }));
        Assert.Contains("Row 0 has 1 labels in column 'PredictedLabel', 4 numbers in column 'PredictedBoundingBoxes' and 0 scores in column 'Score'", error.Message);
    }

    [Fact]
    public void DrawBoxes_InAChain_KeepsTheOtherColumnsAndEveryRow()
    {
        using var folder = new TempFolder();
        var row = Row(folder) with { IsCrowd = [false] };
        var view = DetectionRow.View(["cat", "dog"], [row, row with { PredictedBoxes = [], PredictedLabels = [], Scores = [] }, row]);
        var chain = new EstimatorChain<ITransformer>().Append(Ml.Vision.DrawBoxes());
        var drawn = chain.Fit(view).Transform(view);
        using var cursor = drawn.GetRowCursor(drawn.Schema);
        var image = cursor.GetGetter<MLImage>(drawn.Schema["DrawnImage"]);
        var scores = cursor.GetGetter<VBuffer<float>>(drawn.Schema["Score"]);
        MLImage value = null!;
        VBuffer<float> score = default;
        var counts = new List<int>();
        while (cursor.MoveNext())
        {
            image(ref value);
            scores(ref score);
            counts.Add(score.Length);
            Assert.Equal(score.Length > 0 ? ClassColors.Of(1) : new Color(100, 100, 100), Pixel(value, 10, 30));
        }
        value.Dispose();
        Assert.Equal([1, 0, 1], counts);
        Assert.Contains(chain.GetOutputSchema(SchemaShapeOf(view)), c => c.Name == "DrawnImage");
    }

    [Fact]
    public void DrawBoxes_RowByRow_IsThatOfTheView()
    {
        using var folder = new TempFolder();
        var view = DetectionRow.View(["cat", "dog"], [Row(folder)]);
        var mapper = Ml.Vision.DrawBoxes().Fit(view).GetRowToRowMapper(view.Schema);
        var added = mapper.OutputSchema["DrawnImage"];
        var needed = mapper.GetDependencies([added]).ToList();
        Assert.Equal(["Image", "PredictedBoundingBoxes", "PredictedLabel", "Score"], needed.Select(c => c.Name).Order());
        using var cursor = view.GetRowCursor(needed);
        using var row = mapper.GetRow(cursor, [added]);
        Assert.True(cursor.MoveNext());
        MLImage image = null!;
        row.GetGetter<MLImage>(added)(ref image);
        using (image)
            Assert.Equal(ClassColors.Of(1), Pixel(image, 10, 30));
    }

    [Fact]
    public void DrawBoxes_MissingColumnOrBadOptions_AreNamed()
    {
        using var folder = new TempFolder();
        var view = DetectionRow.View(["cat", "dog"], [Row(folder)]);
        Assert.Contains("'Picture'", Assert.Throws<ArgumentException>(() => Ml.Vision.DrawBoxes(new() { ImageColumn = "Picture" }).Fit(view)).Message);
        Assert.Contains("'Sure'", Assert.Throws<ArgumentException>(() => Ml.Vision.DrawBoxes(new() { ScoreColumn = "Sure" }).Fit(view)).Message);
        var error = Assert.Throws<ArgumentException>(() => Ml.Vision.DrawBoxes(new() { MinimumScore = double.NaN, LabelColumn = "", ScoreColumn = " " }));
        foreach (var named in new[] { "MinimumScore", "LabelColumn", "ScoreColumn" })
            Assert.Contains(named, error.Message);
    }

    private static SchemaShape SchemaShapeOf(IDataView view)
    {
        var spy = new Spy();
        new EstimatorChain<ITransformer>().Append(spy).Fit(view);
        return spy.Shape!;
    }

    private sealed class Spy : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
    }

    private static MLImage Draw(DetectionRow row, BoxDrawingOptions? options = null)
    {
        var view = DetectionRow.View(["cat", "dog"], [row]);
        var drawn = Ml.Vision.DrawBoxes(options).Fit(view).Transform(view);
        using var cursor = drawn.GetRowCursor([drawn.Schema["DrawnImage"]]);
        Assert.True(cursor.MoveNext());
        MLImage image = null!;
        cursor.GetGetter<MLImage>(drawn.Schema["DrawnImage"])(ref image);
        return image;
    }

    private static Color Pixel(MLImage image, int x, int y)
    {
        var pixel = image.Pixels.Slice((y * image.Width + x) * 4, 4);
        return image.PixelFormat == MLPixelFormat.Rgba32 ? new Color(pixel[0], pixel[1], pixel[2]) : new Color(pixel[2], pixel[1], pixel[0]);
    }
}
