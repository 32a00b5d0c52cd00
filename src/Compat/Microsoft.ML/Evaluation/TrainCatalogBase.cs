using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What the catalogs of one kind of task have in common: cross-validation.</summary>
public abstract class TrainCatalogBase
{
    private protected TrainCatalogBase(IHostEnvironment environment) => Environment = environment;

    internal IHostEnvironment Environment { get; }

    /// <summary>Fits <paramref name="estimator"/> on all folds but one and scores that one, for each fold in turn.</summary>
    private protected CrossValidationResult<TMetrics>[] CrossValidate<TMetrics>(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds, string samplingKeyColumnName, int? seed, Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        Check.Value(data, nameof(data));
        Check.Value(estimator, nameof(estimator));
        Check.Param(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        var folds = new DataOperationsCatalog(Environment).CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed ?? LocalEnvironment.SeedOf(Environment));
        return [.. folds.Select((fold, i) =>
        {
            var model = estimator.Fit(fold.TrainSet);
            var scored = TransformWhole(model, fold.TestSet);
            return new CrossValidationResult<TMetrics>(model, evaluate(scored), scored, i);
        })];
    }

    // A chain's own Transform leaves out the links that are only for training or testing; here all are wanted.
    private static IDataView TransformWhole(ITransformer model, IDataView data) =>
        model.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TransformerChain<>)
            ? ((IEnumerable<ITransformer>)model).Aggregate(data, (view, transformer) => transformer.Transform(view))
            : model.Transform(data);

    /// <summary>Where the trainers of a task hang, as extension methods.</summary>
    public abstract class CatalogInstantiatorBase
    {
        private protected CatalogInstantiatorBase(TrainCatalogBase owner) => Owner = owner;

        internal TrainCatalogBase Owner { get; }
    }

    /// <summary>One fold: the model trained without it, the fold as that model scores it, and the metrics of that.</summary>
    public sealed class CrossValidationResult<T> where T : class
    {
        public readonly T Metrics;
        public readonly ITransformer Model;
        public readonly IDataView ScoredHoldOutSet;
        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scoredHoldOutSet, int fold)
        {
            Model = model;
            Metrics = metrics;
            ScoredHoldOutSet = scoredHoldOutSet;
            Fold = fold;
        }
    }
}
