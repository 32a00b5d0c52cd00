namespace Fovea;

/// <summary>How what is said of an image's views becomes what is said of the image.</summary>
public enum ViewCombination
{
    /// <summary>The mean of the probabilities.</summary>
    Mean,

    /// <summary>
    /// The class that most views take for the likeliest; among equals the one of the highest mean probability. The score of a
    /// class is (votes + its mean probability) / (views + 1): the winner has the highest, and they add up to 1.
    /// </summary>
    Vote,
}
