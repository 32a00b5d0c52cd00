using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Training that can be validated after each epoch.</summary>
/// <typeparam name="TOptions">The room's options.</typeparam>
public abstract class ValidatedTrainingCommand<TOptions> : TrainingCommand<TOptions>
    where TOptions : TrainingOptions, new()
{
    private protected ValidatedTrainingCommand() { }

    /// <inheritdoc cref="TrainingOptions.ValidationFraction"/>
    [Parameter]
    public double? ValidationFraction { get; set; }

    /// <inheritdoc cref="TrainingOptions.ValidationSet"/>
    [Parameter]
    public ImageDataset? ValidationSet { get; set; }

    /// <inheritdoc cref="TrainingOptions.Patience"/>
    [Parameter]
    public int? Patience { get; set; }

    /// <inheritdoc cref="TrainingOptions.RestoreBestWeights"/>
    [Parameter]
    public bool? RestoreBestWeights { get; set; }
}
