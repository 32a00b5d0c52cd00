namespace Fovea.PowerShell;

/// <summary>Two parts of a data set that share no row. The next cmdlet takes them by these names.</summary>
/// <param name="Train">The part to learn from.</param>
/// <param name="Test">The part held out; it travels with the model that is trained on the other.</param>
public sealed record ImageDatasetSplit(ImageDataset Train, ImageDataset Test)
{
    /// <summary>Which part of a cross-validation this is, from 1; null for a single split.</summary>
    public int? Fold { get; init; }

    /// <summary>Both parts.</summary>
    public override string ToString() => $"{(Fold is { } fold ? $"fold {fold}: " : "")}{Train.Rows} to learn from, {Test.Rows} held out";
}
