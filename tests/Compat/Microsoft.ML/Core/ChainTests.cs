using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Core;

public sealed class ChainTests
{
    private static readonly MLContext s_ml = new(1);

    private static IDataView Numbers => s_ml.Data.LoadFromEnumerable(new[] { new NumberRow { Number = 1 }, new NumberRow { Number = 2 } });

    [Fact]
    public void EstimatorChain_Fit_GivesEachTheOutputOfThoseBefore()
    {
        var doubler = new ThirdPartyDoubler();
        var chain = s_ml.Transforms.CopyColumns("Copy", "Number").Append(doubler).Append(s_ml.Transforms.CopyColumns("Result", "Twice"));

        var model = chain.Fit(Numbers);

        Assert.Equal([2f, 4f], model.Transform(Numbers).GetColumn<float>("Result"));
        Assert.Equal(3, model.Count());
        Assert.Same(doubler, model.Skip(1).First());
        Assert.Same(model.LastTransformer, model.Last());
        Assert.Equal(1, doubler.Fits);
    }

    [Fact]
    public void EstimatorChain_WrongColumn_ThrowsBeforeAnythingIsFitted()
    {
        var doubler = new ThirdPartyDoubler();
        var chain = doubler.Append(s_ml.Transforms.CopyColumns("Copy", "Absent"));

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(Numbers));

        Assert.Contains("Could not find input column 'Absent'", error.Message);
        Assert.Equal(0, doubler.Fits);
    }

    [Fact]
    public void EstimatorChain_Scopes_LeaveLinksOut()
    {
        var chain = s_ml.Transforms.CopyColumns("A", "Number")
            .Append(s_ml.Transforms.CopyColumns("B", "Number"), TransformerScope.TrainTest)
            .Append(s_ml.Transforms.CopyColumns("C", "Number"));

        var model = chain.Fit(Numbers);

        Assert.Null(model.Transform(Numbers).Schema.GetColumnOrNull("B"));
        Assert.NotNull(model.Transform(Numbers, TransformerScope.Testing).Schema.GetColumnOrNull("B"));
        Assert.Equal(2, model.GetModelFor(TransformerScope.Scoring).Count());
        Assert.NotNull(model.GetOutputSchema(Numbers.Schema).GetColumnOrNull("C"));
    }

    [Fact]
    public void EstimatorChain_CacheCheckpoint_ReadsTheSourceOnce()
    {
        int enumerations = 0;
        IEnumerable<NumberRow> Rows()
        {
            enumerations++;
            yield return new NumberRow { Number = 1 };
        }
        var chain = s_ml.Transforms.CopyColumns("A", "Number").AppendCacheCheckpoint(s_ml).Append(new Reader()).Append(new Reader());

        chain.Fit(s_ml.Data.LoadFromEnumerable(Rows()));

        Assert.Equal(1, enumerations);
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(s_ml));
    }

    [Fact]
    public void WithOnFitDelegate_Fit_HandsOverTheTransformer()
    {
        ITransformer? seen = null;

        var fitted = s_ml.Transforms.CopyColumns("A", "Number").WithOnFitDelegate(transformer => seen = transformer).Fit(Numbers);

        Assert.Same(fitted, seen);
    }

    [Fact]
    public void TransformerChain_Constructor_ChecksItsLinks()
    {
        Assert.Empty(new TransformerChain<ITransformer>());
        Assert.Throws<InvalidOperationException>(() => new TransformerChain<ITransformer>([], [TransformerScope.Scoring]));
        Assert.Throws<InvalidOperationException>(() => new TransformerChain<ThirdPartyDoubler>(new TransformerChain<ITransformer>()));
    }

    [Fact]
    public void TransformerChain_Dispose_DisposesItsLinksOnce()
    {
        var doubler = new ThirdPartyDoubler();
        var chain = new TransformerChain<ITransformer>(doubler);

        chain.Dispose();
        chain.Dispose();

        Assert.Equal(1, doubler.Disposals);
    }

    [Fact]
    public void TransformerChain_RowMapper_ComposesAndDisposesRows()
    {
        var doubler = new ThirdPartyDoubler();
        ITransformer chain = s_ml.Transforms.CopyColumns("Copy", "Number").Fit(Numbers)
            .Append(doubler)
            .Append(s_ml.Transforms.CopyColumns("Result", "Twice").Fit(doubler.Transform(Numbers)));
        var mapper = chain.GetRowToRowMapper(Numbers.Schema);
        using var cursor = Numbers.GetRowCursor(Numbers.Schema);
        var wrongSchema = Assert.ThrowsAny<Exception>(() => mapper.GetRow(cursor, mapper.OutputSchema));

        Assert.Equal(["Number"], mapper.GetDependencies([mapper.OutputSchema["Result"]]).Select(column => column.Name));
        Assert.NotNull(wrongSchema);
        Assert.True(chain.IsRowToRowMapper);
    }

    [Fact]
    public void RowMapper_Row_HasTheMappersSchemaAndDisposesItsInput()
    {
        var view = Numbers;
        ITransformer copy = s_ml.Transforms.CopyColumns("Copy", "Number").Fit(view);
        var doubler = new ThirdPartyDoubler();
        ITransformer chain = new TransformerChain<ITransformer>(doubler, copy);
        var mapper = chain.GetRowToRowMapper(view.Schema);
        using var cursor = view.GetRowCursor(view.Schema);

        var row = mapper.GetRow(cursor, [mapper.OutputSchema["Copy"], mapper.OutputSchema["Twice"]]);
        float twice = 0;
        cursor.MoveNext();
        row.GetGetter<float>(row.Schema["Twice"])(ref twice);
        row.Dispose();

        Assert.Same(mapper.OutputSchema, row.Schema);
        Assert.Equal(2f, twice);
        Assert.Equal(1, doubler.RowDisposals);
        Assert.False(cursor.MoveNext());
    }

    internal sealed class NumberRow
    {
        public float Number { get; set; }
    }

    // Reads its input to the end, as a trainer does.
    private sealed class Reader : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            Assert.Equal([1f], input.GetColumn<float>("A"));
            return new TransformerChain<ITransformer>();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
