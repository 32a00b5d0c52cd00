namespace Fovea;

/// <summary>Which part of CIFAR.</summary>
public enum CifarPart
{
    /// <summary>The 50,000 images to train on.</summary>
    Train,

    /// <summary>The 10,000 images to test on.</summary>
    Test,
}
