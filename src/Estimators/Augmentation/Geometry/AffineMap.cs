using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>Straight lines stay parallel: along a row the source moves by the same step from pixel to pixel.</summary>
/// <param name="from">The place in the source of a place in the result; without a perspective part.</param>
internal struct AffineMap(Homography from) : IWarpMap
{
    private readonly Vector256<float> _stepX = Vector256.Create((float)from.A);
    private readonly Vector256<float> _stepY = Vector256.Create((float)from.D);
    private Vector256<float> _rowX;
    private Vector256<float> _rowY;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row(int y)
    {
        // What is large is added in 64 bits, so that the places are right to a ten thousandth of a pixel in images of 2000.
        _rowX = Vector256.Create((float)(from.A * 0.5 + from.B * (y + 0.5) + from.C - 0.5));
        _rowY = Vector256.Create((float)(from.D * 0.5 + from.E * (y + 0.5) + from.F - 0.5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Eight(int x, out Vector256<float> fromX, out Vector256<float> fromY)
    {
        var column = Vector256.Create((float)x) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        fromX = column * _stepX + _rowX;
        fromY = column * _stepY + _rowY;
    }
}
