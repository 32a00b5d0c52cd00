namespace Fovea.Data;

/// <summary>What the loader does with an image or a mask that cannot be read.</summary>
public enum OnCorrupt
{
    /// <summary>Training ends with an error that names it.</summary>
    Error,

    /// <summary>
    /// Its row is left out of its batch, counted and reported (<see cref="Fovea.TrainingHistory.SkippedFiles"/>, and in the log). A mask
    /// of another size than its image, or with a value that is no class, stays an error: such a set is mistaken, not damaged.
    /// </summary>
    Skip,
}
