using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>What a room does with one batch. Everything around it is the loop's.</summary>
internal interface ITrainingStep<in TBatch>
{
    /// <summary>Whose weights are kept and brought back. The loop sets train and eval.</summary>
    nn.Module Network { get; }

    /// <summary>Names of what an epoch is told by: <c>Loss</c> first, then the metrics.</summary>
    IReadOnlyList<string> Measures { get; }

    /// <summary>S, how many sums the two methods give. By default one for each measure.</summary>
    int Sums => Measures.Count;

    /// <summary>What the sums of all batches say: a value for each measure. By default their means over the rows.</summary>
    /// <param name="sums">(S,).</param>
    /// <param name="rows">At least 1.</param>
    IReadOnlyList<double> Summarize(ReadOnlySpan<double> sums, long rows)
    {
        var means = new double[sums.Length];
        for (var i = 0; i < means.Length; i++)
            means[i] = sums[i] / rows;
        return means;
    }

    /// <summary>
    /// Forward, loss, backward, optimizer step.
    /// </summary>
    /// <param name="batch">On any device; the step moves it.</param>
    /// <param name="rate">The schedule's factor on each optimizer's own learning rate.</param>
    /// <returns>(S,) float32 or float64 on the device of the network: sums over the batch's rows.</returns>
    Tensor Train(TBatch batch, double rate);

    /// <summary>The same sums without a change of the weights; the loop has switched gradients off.</summary>
    Tensor Validate(TBatch batch);

    /// <summary>Rows of a batch.</summary>
    int CountOf(TBatch batch);

    /// <summary>Whether the first validation result is better than the second.</summary>
    bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best);
}
