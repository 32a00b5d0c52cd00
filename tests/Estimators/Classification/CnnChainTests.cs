using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Classification;

/// <summary>The trainer among ML.NET's own estimators.</summary>
public class CnnChainTests
{
    private readonly MLContext _ml = new(seed: 1);

    private EstimatorChain<ITransformer> Chain() => new EstimatorChain<ITransformer>()
        .Append(_ml.Transforms.CopyColumns("Picture", "Image"))
        .Append(_ml.Transforms.Conversion.MapValueToKey("Class", "Label"))
        .Append((IEstimator<ITransformer>)_ml.Vision.Cnn(Drawings.Options with { ImageColumn = "Picture", LabelColumn = "Class", PredictedLabelColumn = "Read", ScoreColumn = "Odds" }))
        .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel", "Read"))
        .Append((IEstimator<ITransformer>)_ml.Transforms.CopyColumns("Score", "Odds"));

    [Fact]
    public void Chain_TransformsBeforeAndAfter_FitsTransformsAndPredicts()
    {
        // As a user writes it.
        var chain = _ml.Transforms.CopyColumns("Picture", "Image")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Class", "Label"))
            .Append(_ml.Vision.Cnn(Drawings.Options with { ImageColumn = "Picture", LabelColumn = "Class", PredictedLabelColumn = "Read", ScoreColumn = "Odds" }))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel", "Read"))
            .Append(_ml.Transforms.CopyColumns("Score", "Odds"));
        using var model = chain.Fit(Drawings.View(_ml, 96));
        var drawings = Drawings.Make(30, seed: 77);
        var predicted = model.Transform(_ml.Data.LoadFromEnumerable(drawings));
        var names = predicted.GetColumn<string>("PredictedLabel").ToList();
        Assert.InRange(names.Zip(drawings, (n, d) => n == d.Label ? 1 : 0).Sum(), 28, 30); // all but two of 30; chance is ten

        var metrics = _ml.MulticlassClassification.Evaluate(predicted, labelColumnName: "Class", scoreColumnName: "Odds", predictedLabelColumnName: "Read");
        Assert.Equal(names.Zip(drawings, (n, d) => n == d.Label ? 1.0 : 0).Average(), metrics.MicroAccuracy, 1e-12);

        using var engine = _ml.Model.CreatePredictionEngine<Drawing, Verdict>(model, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.Equal(names, drawings.Select(d => engine.Predict(d).PredictedLabel));
    }

    [Fact]
    public void GetOutputSchema_OfAChain_IsTheShapeThatFitMakes()
    {
        SchemaShape? before = null;
        var spy = new Spy(shape => before = shape);
        var chain = Chain();
        _ = new EstimatorChain<ITransformer>().Append(spy).Fit(Drawings.View(_ml, 3));
        var shape = chain.GetOutputSchema(before!);

        SchemaShape? after = null;
        using var model = chain.Fit(Drawings.View(_ml, 12));
        _ = new EstimatorChain<ITransformer>().Append(new Spy(s => after = s)).Fit(model.Transform(Drawings.View(_ml, 3)));
        Assert.Equal(after!.Select(Describe).Order(), shape.Select(Describe).Order());
    }

    [Fact]
    public void GetOutputSchema_OfTextLabels_HasATextPrediction()
    {
        var shape = Shape(Drawings.View(_ml, 3));
        var output = _ml.Vision.Cnn(Drawings.Options).GetOutputSchema(shape).ToDictionary(c => c.Name);
        Assert.Equal(["Image", "Label", "PredictedLabel", "Score"], output.Keys.Order());
        Assert.Equal((TextDataViewType.Instance, false), (output["PredictedLabel"].ItemType, output["PredictedLabel"].IsKey));
        Assert.Equal((NumberDataViewType.Single, SchemaShape.Column.VectorKind.Vector), (output["Score"].ItemType, output["Score"].Kind));
        Assert.Contains("SlotNames", output["Score"].Annotations.Select(a => a.Name));
    }

    [Fact]
    public void GetOutputSchema_MissingOrWrongColumns_NamesRoleColumnAndType()
    {
        var shape = Shape(_ml.Data.LoadFromEnumerable(new[] { new { Image = 1f, Label = 2f } }));
        string message(CnnOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Vision.Cnn(options).GetOutputSchema(shape)).Message;
        Assert.Contains("label column 'Label'", message(Drawings.Options));
        Assert.Contains("Single", message(Drawings.Options));
        Assert.Contains("no label column 'Kind'. The columns are 'Image', 'Label'", message(Drawings.Options with { LabelColumn = "Kind" }));
        shape = Shape(_ml.Data.LoadFromEnumerable(new[] { new { Image = 1f, Label = "a" } }));
        Assert.Contains("image column 'Image'", message(Drawings.Options));
    }

    [Fact]
    public void CrossValidate_ThreeFolds_TrainsThreeModels()
    {
        var view = Drawings.View(_ml, 72);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
        var results = _ml.MulticlassClassification.CrossValidate(keyed, (IEstimator<ITransformer>)_ml.Vision.Cnn(Drawings.Options), numberOfFolds: 3);
        Assert.Equal(3, results.Count);
        Assert.All(results, r => Assert.InRange(r.Metrics.MicroAccuracy, 0.75, 1)); // 48 drawings to learn from, a third is chance
        foreach (var result in results)
            (result.Model as IDisposable)?.Dispose();
    }

    private static SchemaShape Shape(IDataView view)
    {
        SchemaShape? shape = null;
        _ = new EstimatorChain<ITransformer>().Append(new Spy(s => shape = s)).Fit(view);
        return shape!;
    }

    private static string Describe(SchemaShape.Column column) =>
        $"{column.Name} {column.Kind} {column.ItemType} {column.IsKey} [{string.Join(", ", column.Annotations.Select(a => a.Name).Order())}]";

    private sealed class Spy(Action<SchemaShape> heard) : IEstimator<ITransformer>
    {
        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            heard(inputSchema);
            return inputSchema;
        }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
    }
}
