namespace Fovea;

/// <summary>Shape and loss of a YOLO.</summary>
public sealed record YoloOptions
{
    /// <summary>
    /// Maps at stride 8 of the small CSP backbone, and of the pyramid and the heads of all backbones; a multiple of 8, 16 to 512. Default 64.
    /// </summary>
    public int Width { get; init; } = 64;

    /// <summary>Residual blocks of each stage of the small CSP backbone, 1 to 12. Default 1.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>What is minimized. Default <see cref="YoloLoss.TaskAligned"/>.</summary>
    public YoloLoss Loss { get; init; } = YoloLoss.TaskAligned;

    /// <summary>How the task-aligned loss measures a box. Default <see cref="BoxSimilarity.CompleteIou"/>.</summary>
    public BoxSimilarity BoxLoss { get; init; } = BoxSimilarity.CompleteIou;

    /// <summary>Every bound that is violated, with the value wanted and the value got; none where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Width is < 16 or > 512 || Width % 8 != 0)
            yield return $"{nameof(Width)} must be a multiple of 8, 16 to 512; it is {Width}";
        if (Depth is < 1 or > 12)
            yield return $"{nameof(Depth)} must be 1 to 12; it is {Depth}";
        if (!Enum.IsDefined(Loss))
            yield return $"{nameof(Loss)} must be one of {string.Join(", ", Enum.GetNames<YoloLoss>())}; it is {Loss}";
        if (!Enum.IsDefined(BoxLoss))
            yield return $"{nameof(BoxLoss)} must be one of {string.Join(", ", Enum.GetNames<BoxSimilarity>())}; it is {BoxLoss}";
    }
}
