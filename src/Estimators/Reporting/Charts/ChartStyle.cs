using System.Text;

namespace Fovea.Reporting;

/// <summary>How charts look, on light and on dark ground. Plain rules without variables, which viewers beside browsers know too.</summary>
internal static class ChartStyle
{
    /// <summary>Series have so many colors; further ones have them again, dashed.</summary>
    public const int SeriesColors = 6;

    // The colors of Okabe and Ito that are seen on white and on black, in an order where neighbors differ most.
    // On dark ground the darker ones give way: blue to sky, and vermilion to orange.
    private static readonly int[] _onLight = [4, 5, 2, 6, 0, 1];
    private static readonly int[] _onDark = [1, 0, 2, 6, 3, 5];

    public static string Css { get; } = Rules();

    /// <summary>The classes of a series.</summary>
    public static string Series(int index) => $"fv-s{index % SeriesColors}{(index / SeriesColors % 4 is > 0 and var dash ? $" fv-d{dash}" : "")}";

    private static string Rules()
    {
        var css = new StringBuilder("""
            .fv text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-size:12px;fill:#3c4043}
            .fv .fv-head{font-size:18px;font-weight:600;fill:#202124}
            .fv .fv-title{font-size:14px;font-weight:600;fill:#202124}
            .fv .fv-count{font-size:12px;fill:#000}
            .fv .fv-rate{font-size:9px;fill:#000}
            .fv-ground{fill:#fff}
            .fv-grid{stroke:#e3e5e8;stroke-width:1;fill:none}
            .fv-axis{stroke:#9aa0a6;stroke-width:1;fill:none}
            .fv-mark{stroke:#5f6368;stroke-width:1;stroke-dasharray:4 3;fill:none}
            .fv-line{stroke:currentColor;stroke-width:2;fill:none;stroke-linejoin:round;stroke-linecap:round}
            .fv-dot{fill:currentColor}
            .fv-hidden{fill:currentColor;fill-opacity:0}
            .fv-hidden:hover{fill-opacity:1}
            .fv-bar{fill:currentColor}
            .fv-none{fill:#f1f3f4}
            .fv-spot{fill:#000;fill-opacity:0}
            .fv-right{fill:#0072b2}
            .fv-wrong{fill:#d55e00}
            .fv .fv-right-2{fill:#fff}
            .fv-d1{stroke-dasharray:7 4}.fv-d2{stroke-dasharray:2 4}.fv-d3{stroke-dasharray:10 3 2 3}

            """);
        AddSeries(_onLight);
        css.Append("""
            @media screen and (prefers-color-scheme:dark){
            .fv text{fill:#c4c7cc}
            .fv .fv-head,.fv .fv-title{fill:#f1f3f4}
            .fv .fv-count,.fv .fv-rate{fill:#fff}
            .fv .fv-right-1,.fv .fv-right-2,.fv .fv-wrong-1,.fv .fv-wrong-2{fill:#000}
            .fv-ground{fill:#16181c}
            .fv-grid{stroke:#30343a}
            .fv-axis{stroke:#80868b}
            .fv-mark{stroke:#9aa0a6}
            .fv-none{fill:#22252a}
            .fv-heat{filter:brightness(1.6)}
            .fv-right{fill:#56b4e9}
            .fv-wrong{fill:#e69f00}

            """);
        AddSeries(_onDark);
        return css.Append('}').Replace("\r", "").ToString();

        void AddSeries(int[] colors)
        {
            foreach (var (place, color) in colors.Index())
                css.Append($".fv-s{place}{{color:{DistinctColors.At(color)}}}");
            css.Append('\n');
        }
    }
}
