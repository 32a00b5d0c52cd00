using System.Runtime.Intrinsics;

namespace Fovea;

/// <summary>Says for each pixel of a warped image where in the source it comes from. A struct, so that the warp's loop is compiled for each map.</summary>
internal interface IWarpMap
{
    /// <summary>Begins a row of the result.</summary>
    /// <param name="y">From 0.</param>
    void Row(int y);

    /// <summary>Places of eight pixels of the row, in source pixels whose centers are whole numbers.</summary>
    /// <param name="x">The first of the eight, a multiple of 8.</param>
    /// <param name="fromX">Columns.</param>
    /// <param name="fromY">Rows.</param>
    void Eight(int x, out Vector256<float> fromX, out Vector256<float> fromY);
}
