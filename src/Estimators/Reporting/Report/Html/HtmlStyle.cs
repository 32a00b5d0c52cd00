namespace Fovea.Reporting;

/// <summary>
/// How a report looks: light and dark as the viewer has it, from a phone's width up, and on paper, where nothing scrolls: figures in two columns, small
/// letters in tables of more than twelve columns, and of what is folded only what is open.
/// </summary>
internal static class HtmlStyle
{
    public static string Css { get; } = """
        :root{--ground:#f4f5f7;--card:#fff;--ink:#1f2328;--soft:#57606a;--line:#d9dde2;--accent:#0068a3;--bar:#d3e6f2;--warn:#8a4600;--warnground:#fdf1e3}
        @media screen and (prefers-color-scheme:dark){:root{--ground:#0e1013;--card:#16181c;--ink:#e8eaed;--soft:#a3abb5;--line:#2d3238;--accent:#6cc0ee;--bar:#1d3a4d;--warn:#f0b56a;--warnground:#2b2117}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0 auto;padding:1.5rem clamp(.75rem,3vw,2rem) 3rem;max-width:76rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        h1{font-size:clamp(1.5rem,4vw,2rem);line-height:1.2;margin:0 0 .25rem}
        h2{font-size:1.3rem;line-height:1.3;margin:0 0 1rem}
        h3{font-size:1rem;margin:1.75rem 0 .5rem}
        p{margin:.5rem 0;max-width:70ch}
        .subtitle{color:var(--soft);margin:0 0 1.25rem}
        .note{color:var(--soft);font-size:.9rem}
        .warning{color:var(--warn);background:var(--warnground);border-left:3px solid currentColor;padding:.5rem .75rem;border-radius:0 .375rem .375rem 0;max-width:none}
        nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1.25rem 0}
        a{color:var(--accent);text-decoration:none}
        a:hover,a:focus-visible{text-decoration:underline}
        section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem clamp(.875rem,2.5vw,1.5rem) 1.5rem;margin:0 0 1.25rem}
        dl,dd,dt{margin:0}
        .headline{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem}
        .headline>div{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.75rem 1rem;display:flex;flex-direction:column;justify-content:space-between}
        .headline dt{color:var(--soft);font-size:.85rem;line-height:1.3}
        .headline dd{font-size:1.6rem;line-height:1.3;font-weight:650;font-variant-numeric:tabular-nums}
        .facts{margin-top:1rem;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:0 2rem}
        .facts>div{display:flex;justify-content:space-between;gap:1rem;padding:.35rem 0;border-bottom:1px solid var(--line)}
        .facts dt{color:var(--soft);max-width:65%;overflow-wrap:break-word}
        .facts dd{min-width:0;text-align:right;font-variant-numeric:tabular-nums}
        .scroll{overflow-x:auto;max-width:100%}
        .tall{width:fit-content;max-height:30rem;overflow-y:auto;border:1px solid var(--line);border-radius:.5rem}
        .tall thead th{position:sticky;top:0;background:var(--card)}
        .scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
        th,td{text-align:left;padding:.35rem .75rem;border-bottom:1px solid var(--line);font-weight:400;vertical-align:top;overflow-wrap:normal;max-width:28rem}
        thead th{color:var(--soft);font-size:.82rem;white-space:nowrap;border-bottom-color:var(--soft)}
        tbody th{font-weight:600;min-width:7rem;overflow-wrap:anywhere}
        .n{text-align:right;white-space:nowrap}
        .bar{background:linear-gradient(var(--bar),var(--bar)) left/var(--s) 100% no-repeat;background-clip:content-box;background-origin:content-box;min-width:6rem}
        details{margin-top:1rem}
        summary{cursor:pointer;color:var(--accent);font-weight:600;padding:.25rem 0}
        details>.scroll{margin-top:.5rem}
        figure{margin:0}
        .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,25rem),1fr));gap:1.25rem 2rem;margin:1.25rem 0}
        .chart svg{display:block;width:100%;height:auto}
        .wide{margin:1.5rem 0}
        .wide svg{width:auto;max-width:none}
        .strip{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
        .group{min-width:0;max-width:100%}
        .strip:not(.groups)>.group{width:min(100%,max(9rem,var(--g)))}
        .groups>.group{width:min(100%,var(--g));padding-bottom:.75rem}
        .panes{display:flex;flex-wrap:wrap;gap:.5rem}
        .pane{width:var(--w);max-width:100%}
        .groups .pane{flex:0 1 var(--w);min-width:min(6rem,100%)}
        .pane span{display:block;color:var(--soft);font-size:.8rem;line-height:1.4}
        img{display:block;max-width:100%;height:auto;border-radius:.25rem;background:var(--line)}
        .pane img{width:100%}
        .pixels{image-rendering:pixelated}
        figcaption{font-size:.85rem;line-height:1.4;margin-top:.35rem}
        figcaption b{display:block;font-weight:600}
        .strip:not(.groups) figcaption span{display:block;color:var(--soft)}
        .groups figcaption span{color:var(--soft);margin-right:1rem}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.5rem 0 1rem;font-size:.85rem;color:var(--soft)}
        .legend span{display:inline-block;width:.8rem;height:.8rem;border-radius:.15rem;margin-right:.4rem;vertical-align:-.05rem;border:1px solid var(--line)}
        footer{color:var(--soft);font-size:.85rem}
        @media (max-width:34rem){.facts>div{gap:.75rem}.groups .pane{flex-basis:calc(50% - .25rem)}}
        @media print{
        @page{margin:14mm}
        html{font-size:13px}
        body{max-width:none;padding:0;font-size:1rem;background:#fff}
        nav,details:not([open]){display:none}
        summary{list-style:none;color:inherit}
        section{border:0;border-radius:0;padding:0;margin:0 0 1rem}
        footer{break-before:avoid}
        h2{border-bottom:1px solid #999}
        h2,h3,h3+.note,.legend,thead,tbody tr:first-child{break-after:avoid}
        figure,.group,.pane,.headline>div,.facts>div,tr{break-inside:avoid}
        .headline{grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));gap:.5rem;margin-bottom:1.5rem}
        .headline>div{padding:.5rem .75rem}
        .headline dd{font-size:1.3rem}
        .facts{grid-template-columns:repeat(2,minmax(0,1fr))}
        .figures{grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem 1.5rem}
        .scroll,.tall{overflow:visible;max-height:none;border:0}
        .tall thead th{position:static}
        table{font-size:.85rem}
        th,td{padding:.2rem .4rem}
        tbody th{min-width:5rem}
        thead th,.n{white-space:normal}
        table:has(th:nth-child(13)) :is(th,td){font-size:.62rem;padding:.2rem .15rem}
        .wide svg{width:auto;max-width:100%;height:auto;max-height:15cm}
        .strip{gap:.75rem}
        .groups>.group{width:min(100%,.9*var(--g))}
        .groups .panes{flex-wrap:nowrap}
        .groups .pane{min-width:0}
        .bar{min-width:0}
        .bar,.legend span,.warning{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }
        """.Replace("\r", "");
}
