using Fovea.Data;
using Fovea.Segmentation.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Tests.Segmentation;

public class SegmentationTrainerTests
{
    private static readonly MLContext _ml = new(1);

    private static SegmentationOptions Small => new()
    {
        UNet = new UNetOptions { Depth = 2, Width = 8 },
        Channels = ImageChannels.Grey,
        Epochs = 12,
        BatchSize = 4,
        LearningRate = 0.01,
        Precision = Precision.Float32,
    };

    [Fact]
    public void Fit_DiscsAndSquares_LearnsThem()
    {
        using var scenes = new Scenes(16);
        using var model = _ml.Vision.Segmentation(Small).Fit(scenes.View);
        using var unseen = new Scenes(4, seed: 9);
        var metrics = _ml.Vision.EvaluateSegmentation(model.Transform(unseen.View));
        // Half a pixel around a disc of radius 5 is a tenth of its area on each side.
        Assert.InRange(metrics.MeanIoU, 0.85, 1);
        Assert.Equal(4 * 32 * 32, metrics.Pixels);
        Assert.Equal(["ground", "disc", "square"], model.ClassNames);
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        using var scenes = new Scenes(6);
        var options = Small with { Epochs = 2, Augmentation = new Augmentation().Flip().Shift(3) };
        using var first = _ml.Vision.Segmentation(options).Fit(scenes.View);
        using var second = _ml.Vision.Segmentation(options).Fit(scenes.View);
        Assert.Equal(first.History.Epochs.Select(e => e.Training[Measure.Loss]), second.History.Epochs.Select(e => e.Training[Measure.Loss]));
        Assert.Equal(Masks(first, scenes.View), Masks(second, scenes.View));
    }

    [Fact]
    public void Fit_ValidationSet_MeasuresWhatEvaluateDoes()
    {
        using var scenes = new Scenes(8);
        using var model = _ml.Vision.Segmentation(Small with { Epochs = 1, ValidationSet = scenes.View }).Fit(scenes.View);
        var metrics = _ml.Vision.EvaluateSegmentation(model.Transform(scenes.View));
        Assert.Equal(metrics.MeanIoU, model.History.Metrics["Validation.MeanIoU"], 1e-12);
        Assert.Equal(metrics.PixelAccuracy, model.History.Metrics["Validation.PixelAccuracy"], 1e-12);
    }

    [Fact]
    public void Save_AndLoad_PredictsTheSameMasks()
    {
        using var scenes = new Scenes(6);
        using var folder = new TempFolder();
        using var model = _ml.Vision.Segmentation(Small with { Epochs = 1, Loss = new PixelCrossEntropy { Balanced = true } + new DiceLoss() }).Fit(scenes.View);
        _ml.Vision.Save(model, folder.File("model.fovea"));
        using var loaded = Assert.IsType<SegmentationTransformer>(_ml.Vision.Load(folder.File("model.fovea")));
        Assert.Equal(model.Options.Loss, loaded.Options.Loss);
        Assert.Equal(Masks(model, scenes.View), Masks(loaded, scenes.View));
    }

    [Fact]
    public void Transform_ImagesOfOtherSizes_GiveMasksOfTheirSizes()
    {
        using var scenes = new Scenes(4);
        using var model = _ml.Vision.Segmentation(Small with { Epochs = 1, ProbabilityColumn = "Probability", MaskBytesColumn = "MaskBytes" }).Fit(scenes.View);
        using var others = new Scenes(2, height: 37, width: 53);
        var view = model.Transform(others.View);
        using var cursor = view.GetRowCursor(view.Schema);
        var mask = cursor.GetGetter<MLImage>(view.Schema["PredictedMask"]);
        var bytes = cursor.GetGetter<VBuffer<byte>>(view.Schema["MaskBytes"]);
        var probability = cursor.GetGetter<VBuffer<float>>(view.Schema["Probability"]);
        MLImage image = null!;
        VBuffer<byte> file = default;
        VBuffer<float> scores = default;
        while (cursor.MoveNext())
        {
            mask(ref image);
            bytes(ref file);
            probability(ref scores);
            Assert.Equal((53, 37), (image.Width, image.Height));
            var decoded = new IndexMask();
            var raw = new RawImage { Kind = RawImageKind.Encoded };
            file.CopyTo(raw.Resize(file.Length));
            new IndexMaskReader().Read(raw, decoded);
            Assert.Equal(image.Pixels.ToArray().Chunk(4).Select(p => p[0]), decoded.Values.ToArray());
            var values = scores.DenseValues().ToArray();
            Assert.Equal(3 * 37 * 53, values.Length);
            for (var i = 0; i < 37 * 53; i++)
            {
                float[] classes = [values[i], values[37 * 53 + i], values[2 * 37 * 53 + i]];
                Assert.Equal(1, classes.Sum(), 1e-5f); // float32 sums of three
                Assert.Equal(decoded.Values[i], Array.IndexOf(classes, classes.Max()));
            }
        }
        image.Dispose();
    }

    [Fact]
    public void Fit_FixedSize_RestoresTheOriginals()
    {
        using var scenes = new Scenes(8, height: 48, width: 40);
        using var model = _ml.Vision.Segmentation(Small with { ImageHeight = 32, ImageWidth = 32, Resize = ResizeMode.Letterbox, Epochs = 40 }).Fit(scenes.View);
        var metrics = _ml.Vision.EvaluateSegmentation(model.Transform(scenes.View));
        Assert.Equal(8 * 48 * 40, metrics.Pixels);
        // Scaled by two thirds, edges are lost to half a pixel and more.
        Assert.InRange(metrics.MeanIoU, 0.7, 1);
    }

    [Fact]
    public void With_ViewsOfASymmetricNetwork_AreSymmetric()
    {
        using var scenes = new Scenes(4);
        using var model = _ml.Vision.Segmentation(Small with { Epochs = 3, ProbabilityColumn = "Probability" }).Fit(scenes.View);
        var (image, mask) = Scenes.Paint(32, 32, new Random(5));
        byte[] Mirrored(byte[] pixels) => [.. Enumerable.Range(0, pixels.Length).Select(i => pixels[i / 32 * 32 + 31 - i % 32])];
        using var straight = new Scenes(1);
        straight.WriteImage(0, 32, 32, image);
        using var mirrored = new Scenes(1);
        mirrored.WriteImage(0, 32, 32, Mirrored(image));
        using var views = model.With(TestTimeAugmentation.Square);
        Assert.Equal(Masks(views, straight.View), Mirrored(Masks(views, mirrored.View)));
        Assert.NotEqual(Masks(model, straight.View), Masks(views, straight.View));
    }

    [Fact]
    public void Fit_AndPredict_LeaveOnlyTheNetworkAlive()
    {
        using var scenes = new Scenes(6);
        var before = Live.Tensors();
        SegmentationNetworkAttribute.Of(Small.Architecture).Create(new SegmentationNetworkInput(1, 3) { UNet = Small.UNet }).Dispose();
        var remaining = Live.Tensors() - before; // what the package counts as alive for ever
        var model = _ml.Vision.Segmentation(Small with { Epochs = 2, Loss = new PixelCrossEntropy { Balanced = true, Borders = new BorderWeights() } + new FocalLoss() }).Fit(scenes.View);
        Masks(model, scenes.View);
        model.Dispose();
        Assert.Equal(before + 2 * remaining, Live.Tensors());
    }

    [Fact]
    public void Fit_MaskOfAnotherSize_NamesBoth()
    {
        using var scenes = new Scenes(3);
        scenes.WriteMask(1, 16, 32, new byte[16 * 32]);
        var error = Assert.Throws<InvalidDataException>(() => _ml.Vision.Segmentation(Small).Fit(scenes.View));
        Assert.Contains("001.png", error.Message);
        Assert.Contains("32 x 16", error.Message);
        Assert.Contains("32 x 32", error.Message);
    }

    [Fact]
    public void Fit_ValueThatIsNoClass_NamesFilePixelAndValue()
    {
        using var scenes = new Scenes(3);
        var mask = new byte[32 * 32];
        mask[5 * 32 + 7] = 9;
        scenes.WriteMask(2, 32, 32, mask);
        var error = Assert.Throws<InvalidDataException>(() => _ml.Vision.Segmentation(Small).Fit(scenes.View));
        Assert.Contains("002.png", error.Message);
        Assert.Contains("value 9 at (7, 5)", error.Message);
    }

    [Fact]
    public void Fit_EverythingIgnored_HasLossZero()
    {
        using var scenes = new Scenes(2);
        for (var i = 0; i < 2; i++)
            scenes.WriteMask(i, 32, 32, [.. Enumerable.Repeat((byte)255, 32 * 32)]);
        using var model = _ml.Vision.Segmentation(Small with { Epochs = 1 }).Fit(scenes.View);
        Assert.Equal(0, model.History.Metrics["Training.Loss"]);
    }

    [Fact]
    public void Evaluate_AbsentClass_IsNamed()
    {
        using var scenes = new Scenes(2);
        for (var i = 0; i < 2; i++)
        {
            var mask = new byte[32 * 32];
            mask.AsSpan(0, 100).Fill(1);
            scenes.WriteMask(i, 32, 32, mask);
        }
        using var model = _ml.Vision.Segmentation(Small with { Epochs = 1 }).Fit(scenes.View);
        Assert.Equal(["square"], _ml.Vision.EvaluateSegmentation(model.Transform(scenes.View)).AbsentClasses);
    }

    [Fact]
    public void Fit_ImageSmallerThanTheStride_IsPadded()
    {
        using var scenes = new Scenes(2, height: 14, width: 14);
        using var model = _ml.Vision.Segmentation(Small with { UNet = new UNetOptions { Depth = 4, Width = 2 }, Epochs = 1 }).Fit(scenes.View);
        Assert.Equal(2 * 14 * 14, Masks(model, scenes.View).Length);
    }

    private static byte[] Masks(SegmentationTransformer model, IDataView view)
    {
        var transformed = model.Transform(view);
        var column = transformed.Schema["PredictedMask"];
        using var cursor = transformed.GetRowCursor([column]);
        var getter = cursor.GetGetter<MLImage>(column);
        var pixels = new List<byte>();
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            getter(ref image);
            pixels.AddRange(image.Pixels.ToArray().Chunk(4).Select(p => p[0]));
        }
        image?.Dispose();
        return [.. pixels];
    }
}
