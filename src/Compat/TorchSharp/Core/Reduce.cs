namespace TorchSharp;

/// <summary>How index_reduce combines what falls together.</summary>
public enum Reduce
{
    prod,
    mean,
    amax,
    amin,
}
