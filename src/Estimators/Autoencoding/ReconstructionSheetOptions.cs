namespace Fovea;

/// <summary>What <c>ml.Vision.SaveReconstructionSheet</c> shows.</summary>
public sealed record ReconstructionSheetOptions
{
    /// <summary>Images on the sheet, the first of the data, 1 to 1,000. Default 40.</summary>
    public int Images { get; init; } = 40;

    /// <summary>Images side by side, 1 to 100. Default 20.</summary>
    public int Columns { get; init; } = 20;

    /// <summary>The heading. Default null: one that says what is shown.</summary>
    public string? Title { get; init; }

    /// <summary>What is compared.</summary>
    public AutoencoderEvaluation Evaluation { get; init; } = new();

    internal IEnumerable<string> Problems()
    {
        if (Images is < 1 or > 1000)
            yield return $"{nameof(Images)} must be 1 to 1000; it is {Images}";
        if (Columns is < 1 or > 100)
            yield return $"{nameof(Columns)} must be 1 to 100; it is {Columns}";
        if (Evaluation is null)
            yield return $"{nameof(Evaluation)} must not be null; leave it out for the usual columns";
        foreach (var problem in Evaluation?.Problems() ?? [])
            yield return $"{nameof(Evaluation)}.{problem}";
    }
}
