using Fovea.Tests.Compat.Core;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Model;

public sealed class PredictionEngineTests
{
    private static readonly MLContext s_ml = new(1);

    [Fact]
    public void Predict_Chain_RunsOneExample()
    {
        using var engine = s_ml.Model.CreatePredictionEngine<Example, Prediction>(new ThirdPartyDoubler());

        Assert.Equal((10f, 5f), (engine.Predict(new Example { Number = 5 }).Twice, engine.Predict(new Example { Number = 5 }).Number));
        Assert.Equal(14f, engine.Predict(new Example { Number = 7 }).Twice);
        Assert.Equal(["Number", "Twice"], engine.OutputSchema.Select(column => column.Name));
    }

    [Fact]
    public void Predict_IntoAnObject_ReusesItOrMakesIt()
    {
        using var engine = s_ml.Model.CreatePredictionEngine<Example, Prediction>(new ThirdPartyDoubler());
        Prediction mine = new(), made = null!;
        var given = mine;

        engine.Predict(new Example { Number = 1 }, ref mine);
        engine.Predict(new Example { Number = 2 }, ref made);

        Assert.Same(given, mine);
        Assert.Equal((2f, 4f), (mine.Twice, made.Twice));
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }

    [Fact]
    public void CreatePredictionEngine_MissingColumn_IsIgnoredOnlyIfAsked()
    {
        Assert.Equal(-1, s_ml.Model.CreatePredictionEngine<Example, WidePrediction>(new ThirdPartyDoubler()).Predict(new Example()).Absent);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            s_ml.Model.CreatePredictionEngine<Example, WidePrediction>(new ThirdPartyDoubler(), ignoreMissingColumns: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Model.CreatePredictionEngine<Prediction2, Prediction>(new ThirdPartyDoubler()));
    }

    [Fact]
    public void CreatePredictionEngine_InputSchema_GivesTheTypes()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Number", NumberDataViewType.Single);
        builder.AddColumn("Vector", new VectorDataViewType(NumberDataViewType.Single, 3));

        using var engine = s_ml.Model.CreatePredictionEngine<VectorExample, Prediction>(new ThirdPartyDoubler(), builder.ToSchema());

        Assert.Equal("Vector<Single, 3>", engine.OutputSchema["Vector"].Type.ToString());
        Assert.Throws<InvalidOperationException>(() => s_ml.Model.CreatePredictionEngine<Example, Prediction>(new ThirdPartyDoubler(), builder.ToSchema()));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Dispose_OwnedTransformer_IsDisposedToo(bool owns, int disposals)
    {
        var doubler = new ThirdPartyDoubler();
        var engine = s_ml.Model.CreatePredictionEngine<Example, Prediction>(doubler, new PredictionEngineOptions { OwnsTransformer = owns });

        engine.Dispose();
        engine.Dispose();

        Assert.Equal(disposals, doubler.Disposals);
    }

    [Fact]
    public void CreatePredictionEngine_NotRowToRow_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_ml.Model.CreatePredictionEngine<Example, Prediction>(new WholeView()));

    private sealed class Example
    {
        public float Number { get; set; }
    }

    private sealed class VectorExample
    {
        public float Number { get; set; }
        public float[] Vector { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float Number { get; set; }
        public float Twice { get; set; }
    }

    private sealed class Prediction2
    {
        public float Other { get; set; }
    }

    private sealed class WidePrediction
    {
        public float Twice { get; set; }
        public float Absent { get; set; } = -1;
    }

    private sealed class WholeView : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public void Save(ModelSaveContext ctx) { }

        public IDataView Transform(IDataView input) => input;
    }
}
