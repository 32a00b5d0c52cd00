using System.Globalization;

namespace Fovea.Data;

/// <summary>Numbers as short as they can be written without another one being read.</summary>
internal static class ShortNumbers
{
    /// <summary>The shortest text of a coordinate.</summary>
    public static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A coordinate as the decimal number that its shortest text is: 61.87f as 61.87, not as 61.869998931884766.</summary>
    public static double Decimal(float value) => double.Parse(Text(value), CultureInfo.InvariantCulture);

    /// <summary>
    /// The size of a box with as few decimals as still lead from <paramref name="first"/> to <paramref name="last"/> exactly. What was read as
    /// x + width, is written as the same x and width.
    /// </summary>
    public static double Size(float first, float last)
    {
        var start = Decimal(first);
        var size = Decimal(last) - start;
        for (var decimals = 0; decimals <= 12; decimals++)
        {
            var rounded = Math.Round(size, decimals);
            if ((float)(start + rounded) == last)
                return rounded;
        }
        return size;
    }
}
