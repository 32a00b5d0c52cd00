namespace Fovea.PowerShell;

/// <summary>The sets of changes that the library has made up for a task.</summary>
public enum AugmentationPreset
{
    /// <summary><see cref="Augmentation.ForClassification"/>.</summary>
    Classification,

    /// <summary><see cref="Augmentation.ForSegmentation"/>.</summary>
    Segmentation,

    /// <summary><see cref="Augmentation.ForDetection"/>.</summary>
    Detection,

    /// <summary><see cref="Augmentation.ForAutoencoding"/>.</summary>
    Autoencoding,

    /// <summary><see cref="Augmentation.ForGeneration"/>.</summary>
    Generation,

    /// <summary><see cref="Augmentation.ForDigits"/>.</summary>
    Digits,
}
