using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>Puts about <paramref name="testFraction"/> of the rows into the test set; rows of one sampling key stay together.</summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Check.Value(data, nameof(data));
        Check.Param(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var folds = RowFolds.Of(data, samplingKeyColumnName, seed ?? LocalEnvironment.SeedOf(Environment));
        var test = new Interval(0, testFraction, IncludesUpper: false);
        return new(folds.In(test with { Complement = true }), folds.In(test));
    }

    /// <summary>Splits the rows into <paramref name="numberOfFolds"/> parts, each once the test set and otherwise in the training set.</summary>
    public IReadOnlyList<TrainTestData> CrossValidationSplit(
        IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        Check.Value(data, nameof(data));
        Check.Param(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        var folds = RowFolds.Of(data, samplingKeyColumnName, seed ?? LocalEnvironment.SeedOf(Environment));
        return [.. folds.Split(numberOfFolds).Select(fold => new TrainTestData(fold.Train, fold.Test))];
    }

    /// <summary>A set to train on and one to test on.</summary>
    public readonly struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
