namespace Fovea;

public sealed partial class Augmentation
{
    /// <summary>
    /// Blends an image with another of its batch, and its label with the other's: the loss is
    /// share * CE(label) + (1 - share) * CE(other label), with the share from Beta(alpha, alpha)
    /// (Zhang et al.: mixup: Beyond Empirical Risk Minimization, 2018, https://arxiv.org/abs/1710.09412). For classification only.
    /// The share is rounded to 1/256 and the pixels to whole levels. Training accuracy is counted against the label with the
    /// larger share, and is lower than without mixing. Several mixings may follow each other, and no other step may follow them;
    /// an image is mixed by the first whose probability strikes. An image that is alone in its batch stays as it is.
    /// </summary>
    /// <param name="alpha">0.01 to 100: small shares below 1, all equally likely at 1, halves above. The authors recommend 0.1 to 0.4 for ImageNet.</param>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> or <paramref name="probability"/> is out of range.</exception>
    public Augmentation MixUp(double alpha = 0.2, double probability = 1) => Then(new MixUp(alpha, probability));

    /// <summary>
    /// Lays a rectangle of another image of the batch over an image; the labels are mixed by area
    /// (Yun et al.: CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features, 2019,
    /// https://arxiv.org/abs/1905.04899). The rectangle has the image's shape and, before it is cut at the edge, a share of the area
    /// from Beta(alpha, alpha). For classification only. Loss, accuracy and order are as said of <see cref="MixUp"/>.
    /// </summary>
    /// <param name="alpha">0.01 to 100; the authors take 1.</param>
    /// <param name="probability">0 to 1. The authors take 1 for ImageNet and 0.5 for CIFAR.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> or <paramref name="probability"/> is out of range.</exception>
    public Augmentation CutMix(double alpha = 1, double probability = 0.5) => Then(new CutMix(alpha, probability));

    /// <summary>Whether images are mixed with others of their batch, and labels with them.</summary>
    internal bool HasBatchSteps => BatchSteps.Length > 0;

    /// <summary>Why this cannot be used where an image has no single label to mix; null where it can.</summary>
    /// <param name="task">The trainer's task, as in "segmentation".</param>
    internal string? MixingProblem(string task) => HasBatchSteps
        ? $"The augmentation's {string.Join(" and ", BatchSteps.Select(s => s.ToString()))} must be left out for {task}: it mixes the labels of whole images, which only classification has"
        : null;
}
