namespace Fovea;

/// <summary>What <c>ml.Vision.DrawBoxes</c> draws, and on what. By default what a detector found; for the truth:
/// <c>new() { BoundingBoxColumn = "BoundingBoxes", LabelColumn = "Labels", ScoreColumn = null }</c>.</summary>
public sealed record BoxDrawingOptions
{
    /// <summary>The column of images. Default <c>Image</c>.</summary>
    public string ImageColumn { get; init; } = "Image";

    /// <summary>The column of boxes (vector of float: x0, y0, x1, y1 of each object in pixels of the image). Default <c>PredictedBoundingBoxes</c>.</summary>
    public string BoundingBoxColumn { get; init; } = "PredictedBoundingBoxes";

    /// <summary>The column of classes (vector of key or text, one for each box). Default <c>PredictedLabel</c>.</summary>
    public string LabelColumn { get; init; } = "PredictedLabel";

    /// <summary>The column of scores (vector of float, one for each box), which stand beside the classes; null for none. Default <c>Score</c>.</summary>
    public string? ScoreColumn { get; init; } = "Score";

    /// <summary>Boxes of lower scores are left out. Default 0.5.</summary>
    public double MinimumScore { get; init; } = 0.5;

    /// <summary>The column that is added: an MLImage of the image's own size, upright. Default <c>DrawnImage</c>.</summary>
    public string OutputColumn { get; init; } = "DrawnImage";

    internal IEnumerable<string> Problems()
    {
        (string Name, string Column)[] columns =
        [
            (nameof(ImageColumn), ImageColumn), (nameof(BoundingBoxColumn), BoundingBoxColumn), (nameof(LabelColumn), LabelColumn), (nameof(OutputColumn), OutputColumn),
        ];
        foreach (var (name, column) in columns)
            if (string.IsNullOrWhiteSpace(column))
                yield return $"{name} must name a column; it is {(column is null ? "null" : $"'{column}'")}";
        if (ScoreColumn is not null && string.IsNullOrWhiteSpace(ScoreColumn))
            yield return $"{nameof(ScoreColumn)} must name a column, or be null where there are no scores; it is '{ScoreColumn}'";
        if (double.IsNaN(MinimumScore))
            yield return $"{nameof(MinimumScore)} must be a number; it is {MinimumScore}";
    }
}
