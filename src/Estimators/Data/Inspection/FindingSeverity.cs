namespace Fovea;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know; nothing has to be done.</summary>
    Note,

    /// <summary>Likely makes the model or its measures worse.</summary>
    Warning,

    /// <summary>Training stops at it, learns something wrong, or measures something wrong.</summary>
    Error,
}
