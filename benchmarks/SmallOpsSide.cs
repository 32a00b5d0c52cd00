using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the small operations' measurement: tensors of 4 numbers, where the way to LibTorch and back is all that costs.</summary>
internal static class SmallOpsSide
{
    /// <summary>Operations of a run.</summary>
    public const int Operations = 50_000;

    /// <param name="operation"><c>add</c>, <c>number</c> or <c>shape</c>, as peers/smallops.py names them.</param>
    public static void Serve(string operation)
    {
        using var x = randn(4);
        using var y = randn(4);
        long sizes = 0;
        Action run = operation switch
        {
            "add" => () => { for (var i = 0; i < Operations; i++) (x + y).Dispose(); },
            "number" => () => { for (var i = 0; i < Operations; i++) (x + 1.5f).Dispose(); },
            "shape" => () => { for (var i = 0; i < Operations; i++) sizes += x.shape[0]; },
            _ => throw new ArgumentException($"There is no operation '{operation}'.", nameof(operation)),
        };
        SideServer.Serve(SideServer.Ready(Precision.Float32), run, ("sizes", () => sizes));
    }
}
