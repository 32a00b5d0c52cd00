namespace TorchSharp;

public static partial class torch
{
    /// <summary>What becomes of the fraction of a quotient: it stays, is cut off, or is rounded down.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }
}
