namespace Fovea.Tests.Reporting.Report;

/// <summary>What holds of every report's page as a browser shows it.</summary>
internal static class PageAssert
{
    /// <summary>How far the page is wider than the window; boxes that stick out of their section; figures without a name; the contrast of texts to what is behind them that is too low.</summary>
    private const string Measure = """
        (() => {
          document.querySelectorAll('details').forEach(d => d.open = true);
          const light = c => { const v = c.map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4); return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
          const color = s => (s.match(/[\d.]+/g) || []).map(Number);
          const behind = e => { for (; e; e = e.parentElement) { const c = color(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
          const contrast = e => { const a = light(color(getComputedStyle(e).color).slice(0, 3)), b = light(behind(e)); return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
          const scrolls = e => e.closest('.scroll') && getComputedStyle(e.closest('.scroll')).overflowX !== 'visible';
          const outside = [...document.querySelectorAll('section *')].filter(e => !scrolls(e) && !e.parentElement.closest('svg') && e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5);
          return {
            excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            outside: outside.map(e => `${e.tagName} ${e.className} ${e.textContent.slice(0, 20)} ${Math.round(e.getBoundingClientRect().right)}`),
            sections: document.querySelectorAll('section').length,
            ground: getComputedStyle(document.body).backgroundColor,
            nameless: [...document.querySelectorAll('svg')].filter(s => s.getAttribute('role') !== 'img' || !s.querySelector('title')?.textContent || !s.querySelector('desc')?.textContent).length
              + [...document.querySelectorAll('img')].filter(i => !i.alt || !i.title).length,
            broken: [...document.querySelectorAll('img')].filter(i => !i.complete || i.naturalWidth === 0).length,
            pale: [...document.querySelectorAll('h1,h2,h3,p,dt,dd,th,td,figcaption span,.pane span,a,summary,footer')].filter(e => e.textContent.trim() && contrast(e) < 4.5).map(e => e.tagName + ' ' + e.textContent.slice(0, 20)),
          };
        })()
        """;

    /// <summary>What is between the margins of an A4 page, in pixels of 1/96 inch.</summary>
    private const int Paper = (int)((210 - 2 * 14) / 25.4 * 96);

    /// <summary>Shown on a desktop and on a phone, light and dark, and on paper: no error, no request, no overflow, every figure has its words, every text can be read.</summary>
    public static void Holds(Browser browser, string path)
    {
        foreach (var (width, isDark, isPaper) in new[] { (1280, false, false), (1280, true, false), (390, false, false), (390, true, false), (Paper, true, true) })
        {
            var (value, errors, requests) = browser.Look(path, width, isDark, Measure, isPaper);
            Assert.Empty(errors);
            Assert.Empty(requests);
            Assert.True(value["outside"]!.AsArray().Count == 0, $"{path} at {width}: {value["outside"]!.ToJsonString()}");
            Assert.Equal(0, (int)value["excess"]!);
            Assert.Equal("[]", value["pale"]!.ToJsonString()); // WCAG's 4.5 : 1
            Assert.Equal((0, 0), ((int)value["nameless"]!, (int)value["broken"]!));
            Assert.NotEqual(0, (int)value["sections"]!);
            if (isPaper)
                Assert.Equal("rgb(255, 255, 255)", (string)value["ground"]!); // ink on paper, whatever the screen prefers
        }
    }
}
