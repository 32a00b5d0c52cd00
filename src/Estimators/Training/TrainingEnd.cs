namespace Fovea;

/// <summary>Why a training run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>Validation stopped improving (<see cref="TrainingOptions.Patience"/>).</summary>
    StoppedEarly,

    /// <summary>The caller cancelled it.</summary>
    Canceled,

    /// <summary>The loss was no longer a finite number.</summary>
    Diverged,
}
