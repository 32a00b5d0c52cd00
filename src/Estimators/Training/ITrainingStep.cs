using static TorchSharp.torch;

namespace Fovea.Training;

/// <summary>What a room does with one batch. Everything around it is the loop's.</summary>
internal interface ITrainingStep<in TBatch>
{
    /// <summary>Whose weights are kept and brought back. The loop sets train and eval.</summary>
    nn.Module Network { get; }

    /// <summary>Names of the sums the two methods give: <c>Loss</c> first, then the metrics.</summary>
    IReadOnlyList<string> Measures { get; }

    /// <summary>
    /// Forward, loss, backward, optimizer step.
    /// </summary>
    /// <param name="batch">On any device; the step moves it.</param>
    /// <param name="rate">The schedule's factor on each optimizer's own learning rate.</param>
    /// <returns>(M,) float32 on the device of the network: of each measure the sum over the batch's rows.</returns>
    Tensor Train(TBatch batch, double rate);

    /// <summary>The same sums without a change of the weights; the loop has switched gradients off.</summary>
    Tensor Validate(TBatch batch);

    /// <summary>Rows of a batch.</summary>
    int CountOf(TBatch batch);

    /// <summary>Whether the first validation result is better than the second.</summary>
    bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best);
}
