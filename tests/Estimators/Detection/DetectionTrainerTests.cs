using Fovea.Data;
using Fovea.Detection.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Detection;

public class DetectionTrainerTests
{
    private static readonly MLContext _ml = new(1);

    private static DetectionOptions Small => new()
    {
        Yolo = new YoloOptions { Width = 16 },
        ImageHeight = 96,
        ImageWidth = 96,
        Epochs = 1,
        BatchSize = 4,
        LearningRate = 5e-3,
        Precision = Precision.Float32,
    };

    [Fact]
    public void Fit_DiscsAndSquares_LearnsThem()
    {
        var options = Small with { Epochs = 20, Schedule = LearningRateSchedule.OneCycle(), ValidationSet = ObjectScenes.View(_ml, 16, seed: 9) };
        using var model = _ml.Vision.Detection(options).Fit(ObjectScenes.View(_ml, 48));
        Assert.InRange(model.History.Metrics["Validation.AP50"], 0.8, 1);
        Assert.Equal(["disc", "square"], model.ClassNames.Order());
        Assert.Equal(["AP50", "BoxLoss", "ClassLoss", "Loss"], model.History.Epochs[0].Validation!.Keys.Order());

        // And in pixels of originals of another size: the scene twice as large.
        var truth = ObjectScenes.Rows(16, seed: 9).ToList();
        var large = truth.Select(row => new ObjectScenes.Row { Image = Twice(row.Image, 96), BoundingBoxes = [.. row.BoundingBoxes.Select(v => 2 * v)], Labels = row.Labels });
        var found = Found.In(model.With(scoreThreshold: 0.3).Transform(ObjectScenes.Of(_ml, large)));
        var hits = truth.Zip(found).Sum(t => Enumerable.Range(0, t.First.Labels.Length).Count(i =>
            Enumerable.Range(0, t.Second.Labels.Length).Any(d => model.ClassNames[(int)t.Second.Labels[d] - 1] == t.First.Labels[i]
                && Found.Iou(t.Second.Boxes.AsSpan(4 * d, 4), [.. t.First.BoundingBoxes[(4 * i)..(4 * i + 4)].Select(v => 2 * v)]) >= 0.5)));
        Assert.InRange(hits / (double)truth.Sum(t => t.Labels.Length), 0.75, 1);
    }

    [Fact]
    public void Fit_SquaredLoss_GetsBetter()
    {
        var options = Small with { Yolo = new YoloOptions { Width = 16, Loss = YoloLoss.Squared }, Epochs = 15, ValidationSet = ObjectScenes.View(_ml, 8, seed: 9) };
        using var model = _ml.Vision.Detection(options).Fit(ObjectScenes.View(_ml, 32));
        Assert.Equal(["Loss", "BoxLoss", "ObjectLoss", "ClassLoss"], model.History.Epochs[0].Training.Keys);
        Assert.InRange(model.History.Epochs[^1].Training["Loss"] / model.History.Epochs[0].Training["Loss"], 0, 0.6);
        Assert.InRange(model.History.Metrics["Validation.AP50"], 0.2, 1);
    }

    [Fact]
    public void Fit_Localizer_TellsOneObjectAtMost()
    {
        // A ResNet takes more images than a test has time for; here its loss must fall.
        var options = Small with { Architecture = DetectionArchitecture.Localizer, ImageHeight = 64, ImageWidth = 64, Epochs = 12, BatchSize = 8, LearningRate = 1e-3 };
        using var model = _ml.Vision.Detection(options).Fit(ObjectScenes.View(_ml, 16, height: 64, width: 64, most: 1));
        Assert.Equal(["Loss", "ObjectLoss", "ClassLoss", "BoxLoss"], model.History.Epochs[0].Training.Keys);
        Assert.InRange(model.History.Epochs[^1].Training["Loss"] / model.History.Epochs[0].Training["Loss"], 0, 0.8);
        Assert.All(Everything(model, ObjectScenes.View(_ml, 5, seed: 8)), found => Assert.InRange(found.Labels.Length, 0, 1));
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        var view = ObjectScenes.View(_ml, 6);
        var options = Small with { Epochs = 2, Augmentation = Augmentation.ForDetection };
        using var first = _ml.Vision.Detection(options).Fit(view);
        using var second = _ml.Vision.Detection(options).Fit(view);
        Assert.Equal(first.History.Epochs.Select(e => e.Training[Measure.Loss]), second.History.Epochs.Select(e => e.Training[Measure.Loss]));
        Same(Everything(first, view), Everything(second, view));
    }

    [Theory]
    [InlineData(DetectionArchitecture.Yolo)]
    [InlineData(DetectionArchitecture.YoloResNet18)]
    [InlineData(DetectionArchitecture.Localizer)]
    public void Save_AndLoad_FindsTheSame(DetectionArchitecture architecture)
    {
        var view = ObjectScenes.View(_ml, 4);
        using var folder = new TempFolder();
        using var model = _ml.Vision.Detection(Small with { Architecture = architecture, LearningRate = 1e-3, Yolo = new() { Width = 16, Loss = YoloLoss.Squared } }).Fit(view);
        _ml.Vision.Save(model, folder.File("model.fovea"));
        using var loaded = Assert.IsType<DetectionTransformer>(_ml.Vision.Load(folder.File("model.fovea")));
        Assert.Equal(model.Options.Yolo, loaded.Options.Yolo);
        Assert.Equal(model.ClassNames, loaded.ClassNames);
        Same(Everything(model, view), Everything(loaded, view));
    }

    [Fact]
    public void Transform_OneByOneAndInBatches_IsTheSame()
    {
        var view = ObjectScenes.View(_ml, 5);
        using var model = _ml.Vision.Detection(Small).Fit(view);
        using var single = _ml.Model.CreatePredictionEngine<ObjectScenes.Row, Prediction>(model);
        var batched = Everything(model, view);
        var alone = ObjectScenes.Rows(5).Select(single.Predict).ToList();
        foreach (var (one, many) in Everything(model, ObjectScenes.Of(_ml, ObjectScenes.Rows(1))).Zip(batched))
            Assert.Equal(one.Scores.Length, many.Scores.Length, tolerance: 2);
        Assert.Equal(5, alone.Count);
        Assert.All(alone, p => Assert.Equal(4 * p.Score.Length, p.PredictedBoundingBoxes.Length));
        Assert.All(alone, p => Assert.Equal(p.PredictedLabel.Length, p.Score.Length));
    }

    public sealed class Prediction
    {
        public uint[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];

        public float[] PredictedBoundingBoxes { get; set; } = [];
    }

    [Fact]
    public void Transform_Columns_AreThoseOfMLNetsDetector()
    {
        var view = ObjectScenes.View(_ml, 4);
        var trainer = _ml.Vision.Detection(Small);
        using var model = trainer.Fit(view);
        var schema = model.GetOutputSchema(view.Schema);
        var key = Assert.IsType<KeyDataViewType>(Assert.IsType<VectorDataViewType>(schema["PredictedLabel"].Type).ItemType);
        Assert.Equal(2ul, key.Count);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["PredictedLabel"].GetKeyValues(ref names);
        Assert.Equal(model.ClassNames, names.DenseValues().Select(n => n.ToString()));
        Assert.False(((VectorDataViewType)schema["Score"].Type).IsKnownSize);
        Assert.False(((VectorDataViewType)schema["PredictedBoundingBoxes"].Type).IsKnownSize);
        foreach (var found in Everything(model, view))
        {
            Assert.Equal(found.Scores.OrderDescending(), found.Scores);
            Assert.InRange(found.Labels.Length, 0, 300);
            Assert.All(found.Boxes, v => Assert.InRange(v, 0, 96));
        }
    }

    [Fact]
    public void With_Thresholds_TellsLess()
    {
        var view = ObjectScenes.View(_ml, 4);
        using var model = _ml.Vision.Detection(Small).Fit(view);
        var all = Everything(model, view);
        var score = all.SelectMany(f => f.Scores).Order().ElementAt(all.Sum(f => f.Scores.Length) / 2);
        var less = Everything(model.With(scoreThreshold: score, maxDetections: 3), view);
        Assert.All(less, found => Assert.InRange(found.Labels.Length, 0, 3));
        Assert.All(less.SelectMany(f => f.Scores), s => Assert.True(s > score));
        Assert.Contains("IouThreshold must be 0 to 1", Assert.Throws<ArgumentException>(() => model.With(iouThreshold: -1)).Message);
    }

    [Theory]
    [InlineData(DetectionArchitecture.Yolo, YoloLoss.TaskAligned)]
    [InlineData(DetectionArchitecture.Yolo, YoloLoss.Squared)]
    [InlineData(DetectionArchitecture.Localizer, YoloLoss.TaskAligned)]
    public void Fit_AndPredict_LeaveOnlyTheNetworkAlive(DetectionArchitecture architecture, YoloLoss loss)
    {
        var view = ObjectScenes.View(_ml, 6);
        var options = Small with { Architecture = architecture, Yolo = new() { Width = 16, Loss = loss }, ValidationSet = view };
        var before = Live.Tensors();
        DetectionNetworkAttribute.Of(architecture).Create(new(3, 2) { Yolo = options.Yolo }).Dispose();
        var remaining = Live.Tensors() - before; // what the package counts as alive for ever
        using (var model = _ml.Vision.Detection(options).Fit(view))
            Everything(model, view);
        Assert.Equal(before + 2 * remaining, Live.Tensors());
    }

    [Fact]
    public void Transform_NothingAboveTheScore_IsEmpty()
    {
        var view = ObjectScenes.View(_ml, 3);
        using var model = _ml.Vision.Detection(Small).Fit(view);
        Assert.All(Found.In(model.With(scoreThreshold: 1).Transform(view)), found => Assert.Empty(found.Boxes));
    }

    [Theory]
    [InlineData(DetectionArchitecture.Yolo, YoloLoss.TaskAligned)]
    [InlineData(DetectionArchitecture.Yolo, YoloLoss.Squared)]
    [InlineData(DetectionArchitecture.Localizer, YoloLoss.TaskAligned)]
    public void Fit_ImagesWithoutObjects_AreTrainedOn(DetectionArchitecture architecture, YoloLoss loss)
    {
        var rows = ObjectScenes.Rows(5).ToList();
        foreach (var row in rows.Skip(1))
            (row.BoundingBoxes, row.Labels) = ([], []);
        // With batches of two some have no object at all.
        using var model = _ml.Vision.Detection(Small with { Architecture = architecture, Yolo = new() { Width = 16, Loss = loss }, BatchSize = 2, ValidationSet = ObjectScenes.Of(_ml, rows) }).Fit(ObjectScenes.Of(_ml, rows));
        Assert.True(double.IsFinite(model.History.Metrics["Training.Loss"]));
    }

    [Fact]
    public void Fit_NoObjectAtAll_SaysSo()
    {
        var rows = ObjectScenes.Rows(3).ToList();
        foreach (var row in rows)
            (row.BoundingBoxes, row.Labels) = ([], []);
        Assert.Contains("None of the 3 images has an object", Error(rows));
    }

    [Fact]
    public void Fit_BoxesWithoutArea_AreLeftOutAndTold()
    {
        var rows = ObjectScenes.Rows(3).ToList();
        rows[1].BoundingBoxes = [5, 5, 5, 9];
        rows[1].Labels = ["disc"];
        var ml = new MLContext(1);
        var said = new List<string>();
        ml.Log += (_, e) => said.Add(e.Message);
        using var model = ml.Vision.Detection(Small).Fit(ObjectScenes.Of(ml, rows));
        Assert.Contains(said, line => line.Contains("1 boxes have no area and are left out, the first (5, 5, 5, 9) in row 1"));
    }

    public static TheoryData<float[], string[], string> Bad => new()
    {
        { [1, 2, float.NaN, 9], ["disc"], "The box of object 0 in row 1 must have four finite numbers" },
        { [10, 2, 5, 9], ["disc"], "The box of object 0 in row 1 ends before it begins: (10, 2, 5, 9)" },
        { [1, 2, 3, 9], ["disc", "square"], "Row 1 has 2 labels in column 'Labels' and 4 numbers in column 'BoundingBoxes'" },
        { [1, 2, 3, 9, 1, 2, 3], ["disc"], "Row 1 has 1 labels in column 'Labels' and 7 numbers in column 'BoundingBoxes'" },
        { [1, 2, float.PositiveInfinity, 9], ["disc"], "The box of object 0 in row 1 must have four finite numbers" },
        { [1, 2, 3, 9], [""], "Object 0 in row 1 has no label" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Fit_BoxThatIsNone_SaysWhichAndWhy(float[] boxes, string[] labels, string problem)
    {
        var rows = ObjectScenes.Rows(3).ToList();
        (rows[1].BoundingBoxes, rows[1].Labels) = (boxes, labels);
        Assert.Contains(problem, Error(rows));
    }

    [Fact]
    public void Fit_BoxesOutsideTheImage_AreCutAndDropped()
    {
        var rows = ObjectScenes.Rows(3).ToList();
        (rows[1].BoundingBoxes, rows[1].Labels) = ([-50, -50, 20, 20, 500, 500, 600, 600], ["disc", "disc"]);
        using var model = _ml.Vision.Detection(Small).Fit(ObjectScenes.Of(_ml, rows));
        Assert.True(double.IsFinite(model.History.Metrics["Training.Loss"]));
    }

    [Fact]
    public void Fit_ClassThatOnlyValidationHas_NamesIt()
    {
        var rows = ObjectScenes.Rows(3).ToList();
        rows[0].Labels[0] = "star";
        var error = Assert.Throws<InvalidDataException>(() => _ml.Vision.Detection(Small with { ValidationSet = ObjectScenes.Of(_ml, rows) }).Fit(ObjectScenes.View(_ml, 3)));
        Assert.Contains("'star'", error.Message);
        Assert.Contains("row 0", error.Message);
    }

    [Theory]
    [InlineData(DetectionArchitecture.Yolo, YoloLoss.TaskAligned)]
    [InlineData(DetectionArchitecture.Yolo, YoloLoss.Squared)]
    [InlineData(DetectionArchitecture.Localizer, YoloLoss.TaskAligned)]
    public void Fit_AThousandObjectsInOneImage_Trains(DetectionArchitecture architecture, YoloLoss loss)
    {
        var rows = ObjectScenes.Rows(2).ToList();
        rows[0].BoundingBoxes = [.. Enumerable.Range(0, 1000).SelectMany(i => new float[] { i % 40 * 2, i / 40 * 3, i % 40 * 2 + 4, i / 40 * 3 + 5 })];
        rows[0].Labels = [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? "disc" : "square")];
        using var model = _ml.Vision.Detection(Small with { Architecture = architecture, Yolo = new() { Width = 16, Loss = loss } }).Fit(ObjectScenes.Of(_ml, rows));
        Assert.True(double.IsFinite(model.History.Metrics["Training.Loss"]));
        Assert.Equal(2, Everything(model, ObjectScenes.Of(_ml, rows)).Count);
    }

    [Fact]
    public void Fit_OneImageABatch_Trains()
    {
        using var model = _ml.Vision.Detection(Small with { BatchSize = 1, ImageHeight = 64, ImageWidth = 64 }).Fit(ObjectScenes.View(_ml, 3));
        Assert.True(double.IsFinite(model.History.Metrics["Training.Loss"]));
    }

    [Fact]
    public void Fit_AugmentationToAnotherSize_SaysWhichIsWanted()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Vision.Detection(Small with { Augmentation = new Augmentation().Crop(50, 60) }).Fit(ObjectScenes.View(_ml, 3)));
        Assert.Contains("60 x 50 pixels; detection needs multiples of 32", error.Message);
    }

    [Fact]
    public void GetOutputSchema_NoBoxes_SaysWhatIsWanted()
    {
        var shape = AddedColumns.To(new SchemaShape([]), ObjectScenes.View(_ml, 1).Schema.Select(c => new DataViewSchema.DetachedColumn(c)));
        Assert.Contains(_ml.Vision.Detection(Small).GetOutputSchema(shape), c => c.Name == "PredictedBoundingBoxes" && c.ItemType == NumberDataViewType.Single);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => (object)_ml.Vision.Detection(Small with { BoundingBoxColumn = "Boxes" }).GetOutputSchema(shape));
        Assert.Contains("'Boxes'", error.Message);
    }

    private static string Error(List<ObjectScenes.Row> rows) =>
        Assert.Throws<InvalidDataException>(() => _ml.Vision.Detection(Small).Fit(ObjectScenes.Of(_ml, rows))).Message;

    private static List<Found> Everything(DetectionTransformer model, IDataView view) => Found.In(model.With(scoreThreshold: 0).Transform(view));

    private static void Same(List<Found> expected, List<Found> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (e, a) in expected.Zip(actual))
        {
            Assert.Equal(e.Labels, a.Labels);
            Assert.Equal(e.Scores, a.Scores);
            Assert.Equal(e.Boxes, a.Boxes);
        }
        Assert.NotEmpty(expected.SelectMany(f => f.Scores));
    }

    /// <summary>The PNG's pixels, each four times.</summary>
    private static byte[] Twice(byte[] png, int side)
    {
        var preprocessor = new ImagePreprocessor(ImageInput.Create(side, side, 3));
        var raw = new RawImage { Kind = RawImageKind.Encoded };
        png.CopyTo(raw.Resize(png.Length));
        var pixels = new byte[side * side * 3];
        preprocessor.Process(raw, pixels);
        var large = new byte[4 * pixels.Length];
        for (var y = 0; y < 2 * side; y++)
            for (var x = 0; x < 2 * side; x++)
                pixels.AsSpan((y / 2 * side + x / 2) * 3, 3).CopyTo(large.AsSpan((y * 2 * side + x) * 3));
        return Fovea.Tests.Classification.Png.Encode(2 * side, 2 * side, 3, large);
    }
}
