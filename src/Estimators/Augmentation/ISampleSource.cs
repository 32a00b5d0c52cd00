namespace Fovea;

/// <summary>Where a step finds other rows of the set. One for each loader thread.</summary>
internal interface ISampleSource
{
    /// <summary>Rows of the set, at least 1.</summary>
    int Count { get; }

    /// <summary>
    /// Begins <paramref name="into"/> anew with a row as it is before the first step: decoded, in the size of the input, with its
    /// mask and its boxes.
    /// </summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="into">Of as many channels as the input.</param>
    void Read(int index, Sample into);
}
