using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Fovea.Tests.Compat.Transforms;

public sealed class CustomMappingTests
{
    private sealed class Row
    {
        public float Number { get; set; }
        public string Text { get; set; } = "";
        [VectorType(2)] public float[] Pair { get; set; } = [0, 0];
    }

    public sealed class Source
    {
        public float Number { get; set; }
        [ColumnName("Text")] public string Word { get; set; } = "";
        [VectorType(2)] public float[] Pair { get; set; } = [0, 0];
    }

    public sealed class Result
    {
        public float Twice { get; set; }
        [ColumnName("Shout")] public string Upper { get; set; } = "";
        [VectorType(2)] public float[] Swapped { get; set; } = [0, 0];
    }

    [CustomMappingFactoryAttribute("Fovea.Tests.Twice")]
    public sealed class TwiceFactory : CustomMappingFactory<Source, Result>
    {
        public static void Map(Source source, Result result)
        {
            result.Twice = 2 * source.Number;
            result.Upper = source.Word.ToUpperInvariant();
            result.Swapped = [source.Pair[1], source.Pair[0]];
        }

        public override Action<Source, Result> GetMapping() => Map;
    }

    [CustomMappingFactoryAttribute("Fovea.Tests.NoFactory")]
    public sealed class NoFactory;

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public CustomMappingTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Number = 2, Text = "b", Pair = [1, 2] }, new() { Number = 5, Text = "a", Pair = [3, 0] },
    });

    [Fact]
    public void Mapping_OfRows_AddsTheColumnsOfTheResult()
    {
        var view = ml.Transforms.CustomMapping<Source, Result>(TwiceFactory.Map, null).Fit(data).Transform(data);

        Assert.Equal(["Number", "Text", "Pair", "Twice", "Shout", "Swapped"], view.Schema.Select(c => c.Name));
        Assert.Equal([4f, 10f], view.Values<float>("Twice"));
        Assert.Equal(["B", "A"], view.Values<string>("Shout"));
        Assert.Equal([[2, 1], [0, 3]], view.Values<float[]>("Swapped"));
    }

    [Fact]
    public void Mapping_ReadForSeveralColumns_RunsOncePerRow()
    {
        int calls = 0;
        var view = ml.Transforms.CustomMapping<Source, Result>((source, result) => { calls++; TwiceFactory.Map(source, result); }, null).Fit(data).Transform(data);
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            var twice = cursor.GetGetter<float>(view.Schema["Twice"]);
            var shout = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Shout"]);
            float number = 0;
            ReadOnlyMemory<char> text = default;
            while (cursor.MoveNext())
            {
                twice(ref number);
                shout(ref text);
                twice(ref number);
            }
        }

        Assert.Equal(2, calls);
    }

    [Fact]
    public void Mapping_NotRead_DoesNotRun()
    {
        int calls = 0;
        var view = ml.Transforms.CustomMapping<Source, Result>((_, _) => calls++, null).Fit(data).Transform(data);

        Assert.Equal([2f, 5f], view.Values<float>("Number"));
        Assert.Equal(0, calls);
    }

    [Fact]
    public void Model_SavedAndLoaded_FindsTheFactoryByContract()
    {
        var model = ml.Transforms.CustomMapping(new TwiceFactory().GetMapping(), "Fovea.Tests.Twice").Fit(data);
        var loaded = model.SavedAndLoaded(data);
        var view = loaded.Transform(data);

        Assert.Equal([4f, 10f], view.Values<float>("Twice"));
        Assert.Equal([[2, 1], [0, 3]], view.Values<float[]>("Swapped"));
    }

    [Fact]
    public void Save_WithoutContract_Throws()
    {
        var model = ml.Transforms.CustomMapping<Source, Result>(TwiceFactory.Map, null).Fit(data);
        Assert.Throws<InvalidOperationException>(() => ml.Model.Save(model, data.Schema, new MemoryStream()));
    }

    [Fact]
    public void Load_OfUnknownContract_Throws()
    {
        var model = ml.Transforms.CustomMapping<Source, Result>(TwiceFactory.Map, "Fovea.Tests.Nowhere").Fit(data);
        Assert.ThrowsAny<Exception>(() => model.SavedAndLoaded(data));
    }

    [Fact]
    public void Load_OfClassThatIsNoFactory_Throws()
    {
        var model = ml.Transforms.CustomMapping<Source, Result>(TwiceFactory.Map, "Fovea.Tests.NoFactory").Fit(data);
        Assert.ThrowsAny<Exception>(() => model.SavedAndLoaded(data));
    }

    [Fact]
    public void Source_WithOtherSize_ThrowsAtFit()
    {
        var triples = ml.Data.LoadFromEnumerable(new[] { new { Number = 1f, Text = "a", Pair = "no vector" } });
        Assert.ThrowsAny<Exception>(() => ml.Transforms.CustomMapping<Source, Result>(TwiceFactory.Map, null).Fit(triples));
    }

    [Fact]
    public void SchemaDefinitions_Given_RenameAndSizeColumns()
    {
        var input = SchemaDefinition.Create(typeof(Source));
        input["Number"].ColumnName = "Twice";
        var output = SchemaDefinition.Create(typeof(Result));
        output["Twice"].ColumnName = "Again";
        var view = ml.Transforms.CustomMapping<Source, Result>(TwiceFactory.Map, null)
            .Append(ml.Transforms.CustomMapping<Source, Result>(TwiceFactory.Map, null, input, output)).Fit(data).Transform(data);

        Assert.Equal([8f, 20f], view.Values<float>("Again"));
    }

    [Fact]
    public void Engine_OverAMapping_Predicts()
    {
        var model = ml.Transforms.CustomMapping(new TwiceFactory().GetMapping(), "Fovea.Tests.Twice").Fit(data);
        using var engine = ml.Model.CreatePredictionEngine<Source, Result>(model);

        var result = engine.Predict(new() { Number = 21, Word = "x", Pair = [1, 2] });
        Assert.Equal(42, result.Twice);
        Assert.Equal("X", result.Upper);
        Assert.Equal([2f, 1f], result.Swapped);
    }
}
