namespace Fovea;

/// <summary>Names of what <see cref="EpochRecord"/> and <see cref="TrainingProgress"/> report.</summary>
public static class Measure
{
    /// <summary>Mean loss of a row; in training with everything the options add to it, in validation without.</summary>
    public const string Loss = "Loss";

    /// <summary>Share of rows, in [0, 1], whose likeliest class is the true one.</summary>
    public const string Accuracy = "Accuracy";

    /// <summary>Share of pixels, in [0, 1], whose likeliest class is the true one; pixels without a class do not count.</summary>
    public const string PixelAccuracy = "PixelAccuracy";

    /// <summary>Intersection over union, in [0, 1], from counts over the epoch's pixels; mean of the classes that the truth shows.</summary>
    public const string MeanIoU = "MeanIoU";

    /// <summary>Average precision of boxes at IoU 0.5, in [0, 1], mean of the classes that the truth shows; in validation only.</summary>
    public const string AveragePrecision50 = "AP50";

    /// <summary>Share of the boxes in a detector's loss.</summary>
    public const string BoxLoss = "BoxLoss";

    /// <summary>Share of the classes in a detector's loss.</summary>
    public const string ClassLoss = "ClassLoss";

    /// <summary>Share, in a detector's loss, of whether there is an object.</summary>
    public const string ObjectLoss = "ObjectLoss";

    /// <summary>Share, in the loss of a detector of two stages, of whether there is an object, said by the first.</summary>
    public const string ProposalObjectLoss = "ProposalObjectLoss";

    /// <summary>Share, in the loss of a detector of two stages, of the first stage's boxes.</summary>
    public const string ProposalBoxLoss = "ProposalBoxLoss";

    /// <summary>What a GAN's discriminator minimizes.</summary>
    public const string DiscriminatorLoss = "DiscriminatorLoss";

    /// <summary>What a GAN's generator minimizes, measured before the step.</summary>
    public const string GeneratorLoss = "GeneratorLoss";

    /// <summary>What a GAN's discriminator says of real images, D(x): a probability where its loss knows one, else its bare output.</summary>
    public const string RealScore = "D(x)";

    /// <summary>What a GAN's discriminator says of generated images, D(G(z)): as <see cref="RealScore"/>.</summary>
    public const string FakeScore = "D(G(z))";

    /// <summary>Share, in a variational autoencoder's loss, of the reconstruction: −ln p(x|z) in nats an image.</summary>
    public const string ReconstructionLoss = "ReconstructionLoss";

    /// <summary>The divergence of a variational autoencoder's codes from their prior, in nats an image, before its weight.</summary>
    public const string DivergenceLoss = "DivergenceLoss";
}
