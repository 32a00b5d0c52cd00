using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Fovea.Tests.Compat.Transforms;

/// <summary>
/// How a transformer of one's own keeps state in a saved model, by public members alone: a constant key is mapped to the state as text, a custom
/// mapping computes with it and packs its numbers into text, and an expression unpacks them to a vector of known size.
/// </summary>
public sealed class StateInModelTests
{
    private const string Contract = "Fovea.Tests.";

    private readonly MLContext ml = new(1);
    private readonly IDataView data;

    public StateInModelTests() => data = ml.Data.LoadFromEnumerable(new Row[] { new() { Number = 1, Truth = "b" }, new() { Number = -1, Truth = "a" }, new() { Number = 3, Truth = "a" } });

    public sealed class Row
    {
        public float Number { get; set; }
        public string Truth { get; set; } = "";
    }

    public sealed class Nothing;

    public sealed class WithKey
    {
        public int StateKey { get; set; }
    }

    public sealed class WithState
    {
        public float Number { get; set; }
        public string State { get; set; } = "";
    }

    public sealed class Packed
    {
        public string PackedScore { get; set; } = "";
        public string Word { get; set; } = "";
    }

    private sealed class Stored<T>
    {
        public int Key { get; set; }
        public T Value { get; set; } = default!;
    }

    private sealed class StoredPlaces
    {
        public int Key { get; set; }
        [VectorType(2)] public int[] Value { get; set; } = [];
    }

    [CustomMappingFactoryAttribute(Contract + "Key")]
    public sealed class KeyFactory : CustomMappingFactory<Nothing, WithKey>
    {
        public override Action<Nothing, WithKey> GetMapping() => (_, result) => result.StateKey = 7;
    }

    [CustomMappingFactoryAttribute(Contract + "Apply")]
    public sealed class ApplyFactory : CustomMappingFactory<WithState, Packed>
    {
        public override Action<WithState, Packed> GetMapping() => (source, result) =>
        {
            double second = 1 / (1 + Math.Exp(-source.Number * float.Parse(source.State, CultureInfo.InvariantCulture)));
            result.PackedScore = string.Create(CultureInfo.InvariantCulture, $"{1 - second,-16:F10}{second,-16:F10}");
            result.Word = second > 0.5 ? "b" : "a";
        };
    }

    [Fact]
    public void Model_WithState_KeepsItAndSizesWhenSavedAndLoaded()
    {
        var model = Estimator(slope: 2).Fit(data);
        IDataView expected = model.Transform(data), loaded = model.SavedAndLoaded(data).Transform(data);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), loaded.Schema["Score"].Type);
        Assert.Equal(["Number", "Truth", "Word", "Label", "Score", "PredictedLabel"], loaded.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        Assert.Equal([1 / (1 + MathF.Exp(-2)), 1 / (1 + MathF.Exp(2)), 1 / (1 + MathF.Exp(-6))], loaded.Values<float[]>("Score").Select(score => score[1]), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(expected.Values<float[]>("Score"), loaded.Values<float[]>("Score"));
        Assert.Equal(["a", "b"], loaded.KeyValues("PredictedLabel"));
    }

    [Fact]
    public void Model_WithState_IsEvaluatedAfterLoading()
    {
        var metrics = ml.MulticlassClassification.Evaluate(Estimator(slope: 2).Fit(data).SavedAndLoaded(data).Transform(data));

        Assert.Equal(2 / 3.0, metrics.MicroAccuracy, 6);
        Assert.Equal([[1, 1], [0, 1]], metrics.ConfusionMatrix.Counts);
    }

    private IEstimator<ITransformer> Estimator(float slope)
    {
        var state = ml.Data.LoadFromEnumerable(new Stored<string>[] { new() { Key = 7, Value = slope.ToString(CultureInfo.InvariantCulture) } });
        var places = ml.Data.LoadFromEnumerable(new StoredPlaces[] { new() { Key = 7, Value = [0, 16] } });
        return ml.Transforms.CustomMapping(new KeyFactory().GetMapping(), Contract + "Key")
            .Append(ml.Transforms.Conversion.MapValue("State", state, state.Schema["Key"], state.Schema["Value"], "StateKey"))
            .Append(ml.Transforms.Conversion.MapValue("Places", places, places.Schema["Key"], places.Schema["Value"], "StateKey"))
            .Append(ml.Transforms.CustomMapping(new ApplyFactory().GetMapping(), Contract + "Apply"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Truth", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
            .Append(ml.Transforms.Expression("Score", "(t, s) : single(mid(s, t, t + 16))", "Places", "PackedScore"))
            .Append(ml.Transforms.Conversion.MapValueToKey("PredictedLabel", "Word", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
            .Append(ml.Transforms.DropColumns("StateKey", "State", "Places", "PackedScore"));
    }
}
