using System.Text.Json.Serialization;
using Fovea.Data;

namespace Fovea;

/// <summary>
/// Random changes applied to training images, in the order they were added; never to validation or prediction. The mask and the
/// boxes of an image are changed with it. Immutable: each method gives a new one. What happens to an image depends on the seed,
/// the epoch and its row only.
/// </summary>
/// <example><c>new Augmentation().Shift(2).Flip()</c></example>
[JsonConverter(typeof(AugmentationJson))]
public sealed partial class Augmentation
{
    internal AugmentationStep[] Steps { get; }

    /// <summary>The steps that mix images of a batch, in order; they come after all others.</summary>
    internal BatchStep[] BatchSteps { get; }

    /// <summary>Changes nothing.</summary>
    public Augmentation() : this([]) { }

    /// <exception cref="ArgumentException">A step stands behind one that mixes images.</exception>
    internal Augmentation(AugmentationStep[] steps)
    {
        Steps = steps;
        BatchSteps = [.. steps.OfType<BatchStep>()];
        if (Array.Find(steps[..(steps.Length - BatchSteps.Length)], s => s is BatchStep) is { } mixing)
            throw new ArgumentException($"'{mixing}' mixes finished images, so it must come last; '{steps[Array.IndexOf(steps, mixing) + 1]}' stands behind it. Add it before.");
    }

    /// <summary>The size of a sample of <paramref name="height"/> x <paramref name="width"/> after all steps.</summary>
    /// <exception cref="ArgumentException">A step cannot be done to samples of the size that it meets.</exception>
    internal (int Height, int Width) SizeAfter(int height, int width)
    {
        foreach (var step in Steps)
            (height, width) = step.SizeAfter(height, width);
        return (height, width);
    }

    /// <summary>The place of a resized crop that comes first, before anything was done to the image; -1 where there is none.</summary>
    internal int SourceCrop
    {
        get
        {
            var first = Array.FindIndex(Steps, step => step is not VisibleBoxes);
            return first >= 0 && Steps[first] is RandomResizedCrop ? first : -1;
        }
    }

    /// <summary>Does the steps that concern one sample; those that concern a batch are the loader's.</summary>
    /// <param name="sample">Changed in place.</param>
    /// <param name="others">Where a <see cref="GroupStep"/> finds other rows.</param>
    /// <param name="random">Seeded by (seed, epoch, row).</param>
    /// <param name="from">The first step to do.</param>
    internal void Apply(Sample sample, ISampleSource others, Random random, int from = 0)
    {
        foreach (var step in Steps.AsSpan(from))
            if (step is SampleStep one)
                one.Apply(sample, random);
            else if (step is GroupStep group)
                group.Apply(sample, others, random);
    }

    /// <summary>The steps in words, for the log.</summary>
    public override string ToString() => Steps.Length == 0 ? "none" : string.Join<AugmentationStep>(", ", Steps);

    private Augmentation Then(AugmentationStep step) => new([.. Steps, step]);
}
