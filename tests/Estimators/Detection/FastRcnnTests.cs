using Fovea.Data;
using Fovea.Detection;
using Fovea.Detection.Networks;
using Fovea.Tests.Backbones;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection;

/// <summary>Proposals from a column instead of a network's.</summary>
public class FastRcnnTests
{
    private static readonly MLContext _ml = new(1);

    public sealed class Row
    {
        public byte[] Image { get; set; } = [];

        public float[] BoundingBoxes { get; set; } = [];

        public string[] Labels { get; set; } = [];

        public float[] Proposals { get; set; } = [];
    }

    private static DetectionOptions Small => new()
    {
        Architecture = DetectionArchitecture.FasterRcnnResNet18,
        FasterRcnn = FasterRcnnOptions.Small with { Width = 16, HeadWidth = 32, SampledRegions = 32, ProposalsColumn = "Proposals" },
        ImageHeight = 64,
        ImageWidth = 96,
        Epochs = 1,
        BatchSize = 2,
        LearningRate = 1e-3,
        Precision = Precision.Float32,
    };

    [Fact]
    public void Predict_TheNetworksOwnProposalsGiven_FindsWhatItFinds()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var shape = Small.FasterRcnn with { ProposalsColumn = null };
        using var proposing = (FasterRcnn)DetectionNetworkAttribute.Of(Small.Architecture).Create(new(3, 2) { FasterRcnn = shape });
        using var told = DetectionNetworkAttribute.Of(Small.Architecture).Create(new(3, 2) { FasterRcnn = Small.FasterRcnn });
        Formula.Fill(proposing);
        var keys = told.state_dict().Keys.ToHashSet();
        Assert.Equal(proposing.state_dict().Keys.Where(k => !k.StartsWith("rpn.")).Order(), keys.Order());
        told.load_state_dict(proposing.state_dict().Where(w => keys.Contains(w.Key)).ToDictionary());
        proposing.eval();
        told.eval();
        var images = Formula.Images(2, 3, 96, 64);
        var (expected, found) = (proposing.Predict(images, new(0, 1000)), told.Predict(images, proposing.Propose(images), new(0, 1000)));
        Assert.True(expected.Exist.any().item<bool>());
        TensorAssert.Close(expected.Scores, found.Scores, 0);
        TensorAssert.Close(expected.Boxes, found.Boxes, 0);
        Assert.Throws<InvalidOperationException>(() => told.Predict(images, new(0, 1000)));
    }

    [Fact]
    public void Fit_ProposalsOfAColumn_TellsWhereAmongThemObjectsAre()
    {
        var rows = Rows(12).ToList();
        var view = _ml.Data.LoadFromEnumerable(rows);
        var trainer = _ml.Vision.Detection(Small with { Epochs = 8, BatchSize = 4, ValidationSet = view, Augmentation = new Augmentation().Flip() });
        using var model = trainer.Fit(view);
        Assert.Equal(["Loss", "ClassLoss", "BoxLoss"], model.History.Epochs[0].Training.Keys);
        Assert.InRange(model.History.Epochs[^1].Training["Loss"] / model.History.Epochs[0].Training["Loss"], 0, 0.8);
        var found = Found.In(model.With(scoreThreshold: 0).Transform(view));
        Assert.NotEmpty(found.SelectMany(f => f.Scores));
        Assert.All(found.SelectMany(f => f.Boxes), v => Assert.InRange(v, 0, 96));

        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "fast.zip");
        _ml.Vision.Save(model, path);
        using var loaded = (DetectionTransformer)_ml.Vision.Load(path);
        Assert.Equal("Proposals", loaded.Options.FasterRcnn.ProposalsColumn);
        Assert.Equal(found.Select(f => f.Scores), Found.In(loaded.With(scoreThreshold: 0).Transform(view)).Select(f => f.Scores));

        // One by one the same, but for the blocks in which a convolution takes a batch.
        using var engine = _ml.Model.CreatePredictionEngine<Row, DetectionTrainerTests.Prediction>(model);
        Assert.Equal(found[1].Scores.FirstOrDefault(), engine.Predict(rows[1]).Score.FirstOrDefault(), 1e-3);
    }

    [Fact]
    public void Transform_ProposalsOfOneObject_FindsNothingElsewhere()
    {
        // The codes of a new network are near 0, so its detections lie where it was told to look; original pixels, letterboxed to less.
        var rows = Rows(2, height: 192, width: 192).ToList();
        rows[0].Proposals = [100, 120, 140, 180];
        using var model = _ml.Vision.Detection(Small with { LearningRate = 1e-7 }).Fit(_ml.Data.LoadFromEnumerable(Rows(2)));
        var found = Found.In(model.With(scoreThreshold: 0).Transform(_ml.Data.LoadFromEnumerable(rows)))[0];
        Assert.NotEmpty(found.Scores);
        for (var i = 0; i < found.Scores.Length; i++)
            Assert.InRange(Found.Iou(found.Boxes.AsSpan(4 * i, 4), [100, 120, 140, 180]), 0.6, 1);
    }

    public static TheoryData<float[], string> Bad => new()
    {
        { [], "Row 1 has no proposals in column 'Proposals'" },
        { [1, 2, 3], "Row 1 has 3 numbers in column 'Proposals'; each proposal has four" },
        { [1, 2, 30, 40, 1, float.NaN, 3, 4], "Proposal 1 in row 1 must have four finite numbers" },
        { [30, 2, 1, 40], "Proposal 0 in row 1 ends before it begins: (30, 2, 1, 40)" },
        { [200, 200, 300, 300, -9, -9, 0, 5], "None of the 2 proposals in row 1 lies in its image of 96 x 96 pixels, the first (200, 200, 300, 300)" },
        { [10, 10, 10, 40], "None of the 1 proposals in row 1 lies in its image" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void FitAndTransform_ProposalsThatAreNone_SayWhichAndWhy(float[] proposals, string problem)
    {
        var rows = Rows(3).ToList();
        var good = _ml.Data.LoadFromEnumerable(Rows(3));
        rows[1].Proposals = proposals;
        var bad = _ml.Data.LoadFromEnumerable(rows);
        Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => _ml.Vision.Detection(Small).Fit(bad)).Message);
        using var model = _ml.Vision.Detection(Small).Fit(good);
        Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => Found.In(model.Transform(bad))).Message);
    }

    [Fact]
    public void Fit_SomeProposalsOutside_AreCutAndLeftOut()
    {
        var rows = Rows(3).ToList();
        rows[0].Proposals = [-50, -50, 40, 40, 500, 500, 600, 600];
        var view = _ml.Data.LoadFromEnumerable(rows);
        using var model = _ml.Vision.Detection(Small).Fit(view);
        Assert.Equal(3, Found.In(model.Transform(view)).Count);
    }

    [Fact]
    public void Fit_ColumnMissingOrOfAnotherType_SaysWhatIsWanted()
    {
        var view = _ml.Data.LoadFromEnumerable(Rows(2));
        Assert.Contains("no proposal column 'Regions'", Error("Regions"));
        Assert.Contains("it must be a vector of Single: x0, y0, x1, y1 of each proposal", Error("Image"));

        string Error(string column) => Assert.Throws<ArgumentException>(() => _ml.Vision.Detection(Small with { FasterRcnn = Small.FasterRcnn with { ProposalsColumn = column } }).Fit(view)).Message;
    }

    [Fact]
    public void Problems_ColumnWithoutUse_AreTold()
    {
        Assert.Contains(Problems(Small with { Architecture = DetectionArchitecture.Yolo }), p => p.Contains("ProposalsColumn is for a Faster R-CNN; Architecture is Yolo"));
        Assert.Contains(Problems(Small with { FasterRcnn = Small.FasterRcnn with { ProposalsColumn = " " } }), p => p.Contains("ProposalsColumn must name a column"));
        Assert.Contains(Problems(Small with { FasterRcnn = Small.FasterRcnn with { ProposalsColumn = "Score" } }), p => p.Contains("must be another column"));

        static IEnumerable<string> Problems(DetectionOptions options) => options.Problems();
    }

    [Fact]
    public void FitAndTransform_LeaveOnlyTheNetworkAlive()
    {
        var view = _ml.Data.LoadFromEnumerable(Rows(4));
        var options = Small with { ValidationSet = view };
        var before = Live.Tensors();
        DetectionNetworkAttribute.Of(options.Architecture).Create(new(3, 2) { FasterRcnn = options.FasterRcnn }).Dispose();
        var remaining = Live.Tensors() - before; // what the package counts as alive for ever
        using (var model = _ml.Vision.Detection(options).Fit(view))
            Found.In(model.Transform(view));
        Assert.Equal(before + 2 * remaining, Live.Tensors());
    }

    [Fact]
    public void Lay_LetterboxedImage_PutsProposalsWhereItsObjectsLie()
    {
        var placement = ImagePlacement.Of(200, 100, 96, 64, ResizeMode.Letterbox);
        var box = new SampleBox(20, 10, 60, 50, SampleBox.Proposal);
        var laid = ProposalReader.Lay([box, box with { X0 = -40, X1 = 20 }, new(300, 0, 310, 9, SampleBox.Proposal)], placement, 0);
        Assert.Equal([placement.ToSample(box), placement.ToSample(box with { X0 = 0, X1 = 20 })], laid);
    }

    [Fact]
    public void Of_ProposalsBesideObjects_GoTheirOwnWay()
    {
        using var scope = NewDisposeScope();
        using var boxes = new BoxBatch([(new(1, 2, 3, 4, 1), 0), (new(5, 5, 9, 9, SampleBox.Proposal), 0), (new(0, 0, 8, 8, SampleBox.Proposal), 2), (new(1, 1, 8, 8, SampleBox.Proposal), 2)]);
        var targets = DetectionTargets.Of(boxes, 3, CPU, proposals: true);
        Assert.Equal([true, false, false], targets.Exist.data<bool>().ToArray());
        Assert.Equal([true, false, false, false, true, true], targets.Proposals!.Exist.data<bool>().ToArray());
        Assert.Equal([5f, 5, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 1, 1, 8, 8], targets.Proposals.Boxes.data<float>().ToArray());
        Assert.Null(DetectionTargets.Of(boxes, 3, CPU).Proposals);
    }

    /// <summary>Scenes whose proposals are their objects, moved a little, and places without one.</summary>
    private static IEnumerable<Row> Rows(int count, int height = 96, int width = 96) => ObjectScenes.Rows(count, height: height, width: width).Select((scene, i) =>
    {
        var random = new Random(i);
        var near = scene.BoundingBoxes.Select(v => v + random.Next(-3, 4));
        var far = Enumerable.Range(0, 8).SelectMany(_ =>
        {
            var (x, y) = (random.Next(width - 30), random.Next(height - 30));
            return new float[] { x, y, x + random.Next(12, 30), y + random.Next(12, 30) };
        });
        return new Row { Image = scene.Image, BoundingBoxes = scene.BoundingBoxes, Labels = scene.Labels, Proposals = [.. near, .. far] };
    });
}
