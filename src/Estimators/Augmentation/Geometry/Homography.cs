namespace Fovea;

/// <summary>
/// A map of the plane that keeps straight lines straight: (x, y) goes to ((A x + B y + C) / d, (D x + E y + F) / d) with
/// d = G x + H y + 1. Places are in pixels, the first pixel's from 0 to 1.
/// </summary>
internal readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G = 0, double H = 0)
{
    public bool IsAffine => G == 0 && H == 0;

    public (double X, double Y) Of(double x, double y)
    {
        var depth = G * x + H * y + 1;
        return ((A * x + B * y + C) / depth, (D * x + E * y + F) / depth);
    }

    /// <summary>The way back: the adjoint, scaled so that its last number is 1.</summary>
    public Homography Inverse()
    {
        var last = A * E - B * D;
        return new Homography(
            (E - F * H) / last, (C * H - B) / last, (B * F - C * E) / last,
            (F * G - D) / last, (A - C * G) / last, (C * D - A * F) / last,
            (D * H - E * G) / last, (B * G - A * H) / last);
    }

    /// <summary>The upright box around a box that went through the map.</summary>
    public SampleBox Around(SampleBox box)
    {
        var (x0, y0) = Of(box.X0, box.Y0);
        var (x1, y1) = Of(box.X1, box.Y0);
        var (x2, y2) = Of(box.X1, box.Y1);
        var (x3, y3) = Of(box.X0, box.Y1);
        return box with
        {
            X0 = (float)Math.Min(Math.Min(x0, x1), Math.Min(x2, x3)),
            Y0 = (float)Math.Min(Math.Min(y0, y1), Math.Min(y2, y3)),
            X1 = (float)Math.Max(Math.Max(x0, x1), Math.Max(x2, x3)),
            Y1 = (float)Math.Max(Math.Max(y0, y1), Math.Max(y2, y3)),
        };
    }

    /// <summary>Rotation, scale, shear and translation about a center, from the result to the source: torchvision's <c>affine</c>.</summary>
    /// <param name="centerX">Column of the point that only the translation moves.</param>
    /// <param name="centerY">Its row.</param>
    /// <param name="degrees">Rotation, clockwise as the image is seen.</param>
    /// <param name="right">Translation, in pixels.</param>
    /// <param name="down">Translation, in pixels.</param>
    /// <param name="scale">Above 1 enlarges.</param>
    /// <param name="shear">Degrees by which the columns lean.</param>
    public static Homography Affine(double centerX, double centerY, double degrees, double right, double down, double scale, double shear)
    {
        var (sin, cos) = Math.SinCos(degrees * (Math.PI / 180));
        var lean = Math.Tan(shear * (Math.PI / 180));
        // The result is R = rotation * shear * scale; [a b; d e] is its inverse, R having the determinant scale squared.
        var (a, b) = ((cos - sin * lean) / scale, (sin + cos * lean) / scale);
        var (d, e) = (-sin / scale, cos / scale);
        return new Homography(
            a, b, centerX - a * (centerX + right) - b * (centerY + down),
            d, e, centerY - d * (centerX + right) - e * (centerY + down));
    }

    /// <summary>The map that takes four points to four others.</summary>
    /// <param name="from">Four points, no three on a line.</param>
    /// <param name="to">Where each goes.</param>
    public static Homography Between(ReadOnlySpan<(double X, double Y)> from, ReadOnlySpan<(double X, double Y)> to)
    {
        // Eight equations, two a point, solved by elimination with the largest pivot.
        Span<double> m = stackalloc double[8 * 9];
        for (var i = 0; i < 4; i++)
        {
            var ((x, y), (u, v)) = (from[i], to[i]);
            ((ReadOnlySpan<double>)[x, y, 1, 0, 0, 0, -u * x, -u * y, u]).CopyTo(m[(i * 18)..]);
            ((ReadOnlySpan<double>)[0, 0, 0, x, y, 1, -v * x, -v * y, v]).CopyTo(m[(i * 18 + 9)..]);
        }
        for (var column = 0; column < 8; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < 8; row++)
                if (Math.Abs(m[row * 9 + column]) > Math.Abs(m[pivot * 9 + column]))
                    pivot = row;
            for (var k = 0; k < 9; k++)
                (m[column * 9 + k], m[pivot * 9 + k]) = (m[pivot * 9 + k], m[column * 9 + k]);
            for (var row = 0; row < 8; row++)
                if (row != column)
                {
                    var factor = m[row * 9 + column] / m[column * 9 + column];
                    for (var k = column; k < 9; k++)
                        m[row * 9 + k] -= factor * m[column * 9 + k];
                }
        }
        Span<double> h = stackalloc double[8];
        for (var row = 0; row < 8; row++)
            h[row] = m[row * 9 + 8] / m[row * 9 + row];
        return new Homography(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]);
    }
}
