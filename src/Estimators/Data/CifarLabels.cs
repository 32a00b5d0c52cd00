namespace Fovea;

/// <summary>Which of the two labels of CIFAR-100.</summary>
public enum CifarLabels
{
    /// <summary>100 classes.</summary>
    Fine,

    /// <summary>20 groups of five classes each.</summary>
    Coarse,
}
