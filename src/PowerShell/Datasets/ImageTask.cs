namespace Fovea.PowerShell;

/// <summary>What a data set can teach, or a model does.</summary>
public enum ImageTask
{
    /// <summary>Images without labels, boxes or masks: for autoencoders and GANs.</summary>
    None,

    /// <summary>One class for each image.</summary>
    Classification,

    /// <summary>One class for each pixel.</summary>
    Segmentation,

    /// <summary>Boxes with classes.</summary>
    Detection,

    /// <summary>Codes and reconstructions.</summary>
    Autoencoding,

    /// <summary>New images.</summary>
    Generation,
}
