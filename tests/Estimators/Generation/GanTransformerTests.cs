using Fovea.Generation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Generation;

public sealed class GanTransformerTests : IDisposable
{
    private static readonly MLContext _ml = new(1);

    private readonly Discs _discs = new(20);
    private readonly GanTransformer _model;

    public GanTransformerTests() => _model = _ml.Vision.Gan(GanTrainerTests.Small with { Epochs = 3 }).Fit(_discs.View);

    public void Dispose()
    {
        _model.Dispose();
        _discs.Dispose();
    }

    [Fact]
    public void Generate_SameSeed_GivesTheSameImages()
    {
        var view = _model.Generate(40, 7);
        Assert.Equal(40, view.GetRowCount());
        var pixels = Pixels(view);
        Assert.Equal(40 * 16 * 16, pixels.Length);
        Assert.Equal(pixels, Pixels(_model.Generate(40, 7)));
        Assert.NotEqual(pixels, Pixels(_model.Generate(40, 8)));
        // More of the same, across batches of 16.
        Assert.Equal(pixels[..(16 * 16 * 20)], Pixels(_model.Generate(20, 7)));
    }

    [Fact]
    public void Transform_LatentsAndImages_AddsBothColumns()
    {
        var rows = _ml.Data.LoadFromEnumerable([Row(1), Row(2), Row(3)]);
        var view = _model.Transform(rows);
        Assert.Equal(["Latent", "GeneratedImage"], view.Schema.Select(c => c.Name));
        var both = _model.Transform(new Fovea.Data.VisionData().FromFolder(Folder()));
        Assert.Contains(both.Schema, c => c.Name == "RealismScore");
        Assert.All(Scores(both), s => Assert.InRange(s, 0, 1));
        Assert.Equal(view.Schema.Select(c => (c.Name, c.Type)), _model.GetOutputSchema(rows.Schema).Select(c => (c.Name, c.Type)));
    }

    [Fact]
    public void RowMapper_OfLatentAndImage_AgreesWithTransform()
    {
        // Rows with both: a generated image under the name of a real one, and its vector.
        var options = _model.Options;
        var named = _ml.Transforms.CopyColumns("Image", "GeneratedImage").Fit(_model.Generate(3, 5)).Transform(_model.Generate(3, 5));
        var view = _model.Transform(named);
        var scores = Scores(view);
        var mapper = _model.GetRowToRowMapper(named.Schema);
        Assert.Equal(view.Schema.Select(c => c.Name), mapper.OutputSchema.Select(c => c.Name));
        var wanted = mapper.OutputSchema[options.RealismScoreColumn];
        using var cursor = named.GetRowCursor(mapper.GetDependencies([wanted]));
        using var row = mapper.GetRow(cursor, [wanted]);
        var getter = row.GetGetter<float>(wanted);
        var single = new List<float>();
        while (cursor.MoveNext())
        {
            float score = 0;
            getter(ref score);
            single.Add(score);
        }
        // A batch of one is added up in another order.
        Assert.Equal(scores, single, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void PredictionEngine_OfALatentVector_MakesTheImageOfTransform()
    {
        using var engine = _ml.Model.CreatePredictionEngine<LatentVector, Generated>(_model);
        var prediction = engine.Predict(Row(4));
        using var image = prediction.GeneratedImage;
        var wanted = Pixels(_model.Transform(_ml.Data.LoadFromEnumerable([Row(4)])));
        Assert.Equal(wanted, image.Pixels.ToArray().Chunk(4).Select(p => p[0]));
    }

    [Fact]
    public void Save_AndLoad_GeneratesTheSameImages()
    {
        using var folder = new TempFolder();
        _ml.Vision.Save(_model, folder.File("gan.fovea"));
        using var loaded = Assert.IsType<GanTransformer>(_ml.Vision.Load(folder.File("gan.fovea")));
        Assert.Equal(_model.Options.Loss, loaded.Options.Loss);
        Assert.Equal(Pixels(_model.Generate(5, 1)), Pixels(loaded.Generate(5, 1)));
        Assert.Equal(Scores(_model.Transform(_discs.View)), Scores(loaded.Transform(_discs.View)));
        Assert.Equal(3, loaded.History.Epochs.Count);
    }

    [Fact]
    public void Interpolate_BetweenTwoVectors_BeginsAndEndsWithTheirImages()
    {
        var (a, b) = (Row(1).Latent, Row(2).Latent);
        var path = Pixels(_model.Interpolate(a, b, 5)).Chunk(256).ToArray();
        Assert.Equal(5, path.Length);
        var ends = Pixels(_model.Transform(_ml.Data.LoadFromEnumerable([Row(1), Row(2)]))).Chunk(256).ToArray();
        // The last vector went through sine and cosine, and a pixel may lie on the edge between two values.
        Assert.Equal(ends[0], path[0], (x, y) => Math.Abs(x - y) <= 1);
        Assert.Equal(ends[1], path[4], (x, y) => Math.Abs(x - y) <= 1);
    }

    [Fact]
    public void Interpolate_WrongVector_SaysWhatIsWrong()
    {
        var good = new float[8];
        Assert.Contains("has 7 numbers; the model takes 8", Assert.Throws<ArgumentException>(() => _model.Interpolate(new float[7], good, 3)).Message);
        Assert.Contains("must be finite; a number of it is NaN", Assert.Throws<ArgumentException>(() => _model.Interpolate(good, [0, 0, float.NaN, 0, 0, 0, 0, 0], 3)).Message);
    }

    [Fact]
    public void Transform_LatentVectorOfAnotherSize_SaysBothSizes()
    {
        var view = _ml.Data.LoadFromEnumerable([new ShortVector()]);
        Assert.Contains("have 3 numbers; the model takes 8", Assert.Throws<ArgumentException>(() => _model.Transform(view)).Message);
    }

    [Fact]
    public void Transform_LatentVectorOfVariableSize_IsCheckedRowByRow()
    {
        var view = _model.Transform(_ml.Data.LoadFromEnumerable([new FreeVector { Latent = new float[8] }, new FreeVector { Latent = new float[9] }]));
        Assert.Contains("row 1 of column 'Latent' has 9 numbers; the model takes 8", Assert.Throws<InvalidDataException>(() => Pixels(view)).Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Transform_NumberThatIsNotFinite_NamesRowAndPlace(float number)
    {
        var row = Row(1);
        row.Latent[5] = number;
        var view = _model.Transform(_ml.Data.LoadFromEnumerable([Row(0), row]));
        Assert.Contains($"row 1 of column 'Latent' has {number} at place 5", Assert.Throws<InvalidDataException>(() => Pixels(view)).Message);
    }

    [Fact]
    public void Transform_NeitherColumn_NamesBoth()
    {
        var view = _ml.Data.LoadFromEnumerable([new Nothing()]);
        var error = Assert.Throws<ArgumentException>(() => _model.Transform(view));
        Assert.Contains("neither a column 'Latent' of latent vectors nor a column 'Image' of images", error.Message);
    }

    [Fact]
    public void Generate_ClassOfAModelWithoutClasses_IsRefused() =>
        Assert.Contains("trained without classes", Assert.Throws<ArgumentException>(() => _model.Generate(3, 0, "large")).Message);

    [Fact]
    public void Generate_Conditional_TakesEachClassInTurn()
    {
        using var model = _ml.Vision.Gan(GanTrainerTests.Small with { Conditional = true }).Fit(_discs.View);
        var view = model.Generate(5, 0);
        Assert.Equal(["Latent", "Label", "GeneratedImage"], view.Schema.Select(c => c.Name));
        Assert.Equal([1u, 2u, 1u, 2u, 1u], view.GetColumn<uint>("Label"));
        Assert.Equal([2u, 2u], model.Generate(2, 0, "small").GetColumn<uint>("Label"));
        Assert.Contains("no class 'huge'. Its classes are large, small", Assert.Throws<ArgumentException>(() => model.Generate(2, 0, "huge")).Message);
        Assert.Equal(20, Scores(model.Transform(_discs.View)).Length);
    }

    [Fact]
    public void ModelSave_OfMLNet_PointsToVisionSave()
    {
        using var stream = new MemoryStream();
        var error = Assert.ThrowsAny<Exception>(() => _ml.Model.Save(_model, null, stream));
        Assert.Contains("ml.Vision.Save", (error.InnerException ?? error).Message);
    }

    internal static byte[] Pixels(IDataView view)
    {
        var column = view.Schema["GeneratedImage"];
        using var cursor = view.GetRowCursor([column]);
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

    internal static float[] Scores(IDataView view) => [.. view.GetColumn<float>("RealismScore")];

    private string Folder() => Path.GetDirectoryName(Path.GetDirectoryName(_discs.View.GetColumn<string>("Image").First()))!;

    private static LatentVector Row(int seed)
    {
        var random = new Random(seed);
        return new LatentVector { Latent = [.. Enumerable.Range(0, 8).Select(_ => (float)(2 * random.NextDouble() - 1))] };
    }

    private sealed class LatentVector
    {
        [VectorType(8)]
        public float[] Latent { get; set; } = [];
    }

    private sealed class ShortVector
    {
        [VectorType(3)]
        public float[] Latent { get; set; } = new float[3];
    }

    private sealed class FreeVector
    {
        public float[] Latent { get; set; } = [];
    }

    private sealed class Nothing
    {
        public float Number { get; set; }
    }

    private sealed class Generated
    {
        [Microsoft.ML.Transforms.Image.ImageType(16, 16)]
        public MLImage GeneratedImage { get; set; } = null!;
    }
}
