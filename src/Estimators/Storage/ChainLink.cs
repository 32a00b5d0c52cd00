using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Storage;

/// <summary>One transformer of a chain, and when the chain uses it.</summary>
internal readonly record struct ChainLink(ITransformer Transformer, TransformerScope Scope)
{
    /// <summary>The transformers of a model in order, chains within chains resolved; a model that is no chain is its only link.</summary>
    public static IReadOnlyList<ChainLink> Of(ITransformer model) =>
        IsChain(model) ? [.. Links(model).SelectMany(Resolve)] : [new(model, TransformerScope.Everything)];

    private static IEnumerable<ChainLink> Resolve(ChainLink link) => IsChain(link.Transformer)
        // Whenever the outer chain uses it, an inner chain applies what it has for scoring.
        ? Of(link.Transformer).Where(inner => inner.Scope.HasFlag(TransformerScope.Scoring)).Select(inner => inner with { Scope = link.Scope })
        : [link];

    private static bool IsChain(ITransformer model) => model.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TransformerChain<>);

    /// <summary>A chain's scopes are private, but it tells what it uses in each.</summary>
    private static IEnumerable<ChainLink> Links(ITransformer chain)
    {
        var used = new[] { TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring }
            .Select(scope => (Scope: scope, Left: new Queue<ITransformer>(For(chain, scope)))).ToArray();
        foreach (var transformer in (IEnumerable<ITransformer>)chain)
        {
            var scope = TransformerScope.None;
            foreach (var (one, left) in used)
                if (left.TryPeek(out var next) && ReferenceEquals(next, transformer))
                {
                    left.Dequeue();
                    scope |= one;
                }
            yield return new(transformer, scope);
        }
    }

    private static IEnumerable<ITransformer> For(ITransformer chain, TransformerScope scope) =>
        (IEnumerable<ITransformer>)chain.GetType().GetMethod(nameof(TransformerChain<>.GetModelFor))!.Invoke(chain, [scope])!;
}
