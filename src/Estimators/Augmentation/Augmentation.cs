using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>
/// Random changes applied to training images, in the order they were added; never to validation or prediction. Immutable:
/// each method gives a new one. What happens to an image depends on the seed, the epoch and its row only.
/// </summary>
/// <example><c>new Augmentation().Shift(2).Flip()</c></example>
[JsonConverter(typeof(AugmentationJson))]
public sealed partial class Augmentation
{
    internal AugmentationStep[] Steps { get; }

    /// <summary>The steps that each image goes through on its own, in order; <see cref="BatchSteps"/> come after them.</summary>
    internal SampleStep[] SampleSteps { get; }

    /// <summary>The steps that mix images of a batch, in order.</summary>
    internal BatchStep[] BatchSteps { get; }

    /// <summary>Changes nothing.</summary>
    public Augmentation() : this([]) { }

    /// <exception cref="ArgumentException">A step stands behind one that mixes images.</exception>
    internal Augmentation(AugmentationStep[] steps)
    {
        Steps = steps;
        SampleSteps = [.. steps.OfType<SampleStep>()];
        BatchSteps = [.. steps.OfType<BatchStep>()];
        if (Array.Find(steps[..(steps.Length - BatchSteps.Length)], s => s is BatchStep) is { } mixing)
            throw new ArgumentException($"'{mixing}' mixes finished images, so it must come last; '{steps[Array.IndexOf(steps, mixing) + 1]}' stands behind it. Add it before.");
    }

    /// <summary>Moves the image by a whole number of pixels in each direction, every shift equally likely.</summary>
    /// <param name="pixels">The largest shift, 0 to 1024 pixels of the network's input.</param>
    /// <param name="fill">What fills the gap.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pixels"/> or <paramref name="fill"/> is out of range.</exception>
    public Augmentation Shift(int pixels, EdgeFill fill = EdgeFill.Zero) => Then(new RandomShift(pixels, fill));

    /// <summary>Mirrors the image left to right.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of range.</exception>
    public Augmentation Flip(double probability = 0.5) => Then(new RandomHorizontalFlip(probability));

    /// <summary>The steps in words, for the log.</summary>
    public override string ToString() => Steps.Length == 0 ? "none" : string.Join<AugmentationStep>(", ", Steps);

    private Augmentation Then(AugmentationStep step) => new([.. Steps, step]);
}
