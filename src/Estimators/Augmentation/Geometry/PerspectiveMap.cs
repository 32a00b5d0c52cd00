using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>Straight lines stay straight: one division a pixel.</summary>
/// <param name="from">The place in the source of a place in the result.</param>
internal struct PerspectiveMap(Homography from) : IWarpMap
{
    private readonly Vector256<float> _stepX = Vector256.Create((float)from.A);
    private readonly Vector256<float> _stepY = Vector256.Create((float)from.D);
    private readonly Vector256<float> _stepDepth = Vector256.Create((float)from.G);
    private Vector256<float> _rowX;
    private Vector256<float> _rowY;
    private Vector256<float> _rowDepth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row(int y)
    {
        _rowX = Vector256.Create((float)(from.A * 0.5 + from.B * (y + 0.5) + from.C));
        _rowY = Vector256.Create((float)(from.D * 0.5 + from.E * (y + 0.5) + from.F));
        _rowDepth = Vector256.Create((float)(from.G * 0.5 + from.H * (y + 0.5) + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Eight(int x, out Vector256<float> fromX, out Vector256<float> fromY)
    {
        var column = Vector256.Create((float)x) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        var nearness = Vector256<float>.One / (column * _stepDepth + _rowDepth);
        fromX = (column * _stepX + _rowX) * nearness - Vector256.Create(0.5f);
        fromY = (column * _stepY + _rowY) * nearness - Vector256.Create(0.5f);
    }
}
