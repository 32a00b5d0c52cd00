using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>Each pixel has a displacement of its own.</summary>
/// <param name="field">In pixels.</param>
internal struct DisplacementMap(DisplacementField field) : IWarpMap
{
    private int _row;
    private float _y;

    public void Row(int y) => (_row, _y) = (y * field.Stride, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Eight(int x, out Vector256<float> fromX, out Vector256<float> fromY)
    {
        // A row of the field is a multiple of eight long.
        fromX = Vector256.LoadUnsafe(ref field.Right[0], (nuint)(_row + x)) + (Vector256.Create((float)x) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7));
        fromY = Vector256.LoadUnsafe(ref field.Down[0], (nuint)(_row + x)) + Vector256.Create(_y);
    }
}
