using System.Globalization;
using System.Text;

namespace Fovea.Data;

/// <summary>A <see cref="DatasetReport"/> as text: findings first, the gravest first of all, then what the set is made of.</summary>
internal sealed class ReportText(DatasetReport report, int findingsPerKind)
{
    /// <summary>Sizes shown, and classes shown at either end where there are many.</summary>
    private const int MostShown = 12;

    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        var views = report.Splits.Count == 1 ? "" : $" in {report.Splits.Count} views";
        var unreadable = report.Unreadable == 0 ? "" : $" ({Number(report.Unreadable)} unreadable)";
        var found = report.Findings.Count == 0 ? "nothing found"
            : $"{Plural(report.Count(FindingSeverity.Error), "error")}, {Plural(report.Count(FindingSeverity.Warning), "warning")}, {Plural(report.Count(FindingSeverity.Note), "note")}";
        _text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{Plural(report.Rows, "image")}{unreadable}{views}: {found}  ({report.Duration.TotalSeconds:0.0} s)"));
        AppendFindings();
        AppendSplits();
        AppendImages();
        AppendClasses("Labels", report.Labels, s => s.Labels);
        AppendClasses("Objects", report.Objects, s => s.Objects);
        AppendClasses("Masks", report.Masks, s => s.Masks);
        return _text.ToString();
    }

    private void AppendFindings()
    {
        var root = CommonFolder(report.Findings.Select(f => f.File).OfType<string>());
        foreach (var severity in report.Findings.GroupBy(f => f.Severity))
        {
            _text.AppendLine().AppendLine(severity.Key switch { FindingSeverity.Error => "Errors: to be mended before training", FindingSeverity.Warning => "Warnings: to be looked at", _ => "Notes" });
            foreach (var kind in severity.GroupBy(f => f.Kind))
            {
                _text.AppendLine($"  {Plural(kind.Count(), Name(kind.Key))}");
                foreach (var finding in kind.Take(findingsPerKind))
                    _text.AppendLine($"    {Place(finding, root)}{Shorten(finding.Message, root)}");
                if (kind.Count() > findingsPerKind)
                    _text.AppendLine($"    ... and {Number(kind.Count() - findingsPerKind)} more");
            }
        }
        if (root.Length > 0)
            _text.AppendLine().AppendLine($"Files lie below {root}");
    }

    private void AppendSplits()
    {
        if (report.Splits.Count == 1)
            return;
        _text.AppendLine().AppendLine("Views");
        var table = new ReportTable("view", "images", "unreadable");
        foreach (var split in report.Splits)
            table.Add(split.Name, Number(split.Rows), Number(split.Unreadable));
        table.AppendTo(_text, 2);
    }

    private void AppendImages()
    {
        if (report.Width is not { } width || report.Height is not { } height)
            return;
        _text.AppendLine().AppendLine("Images");
        var modes = string.Join(", ", report.ImageModes.Select(m => $"{m.Mode} {Number(m.Count)}"));
        _text.AppendLine($"  modes   {modes}");
        _text.AppendLine(report.ImageSizes.Count == 1 ? $"  size    {width.Min} x {height.Min} pixels, all"
            : $"  width   {width.Min} to {width.Max} pixels, median {width.Median}{Environment.NewLine}  height  {height.Min} to {height.Max} pixels, median {height.Median}");
        if (report.ImageSizes.Count == 1)
            return;
        var table = new ReportTable("size", "images", "share");
        var total = report.ImageSizes.Sum(s => s.Count);
        foreach (var size in report.ImageSizes.Take(MostShown))
            table.Add($"{size.Width} x {size.Height}", Number(size.Count), Percent((double)size.Count / total));
        if (report.ImageSizes.Count > MostShown)
            table.Add($"{report.ImageSizes.Count - MostShown} others", Number(report.ImageSizes.Skip(MostShown).Sum(s => s.Count)), Percent((double)report.ImageSizes.Skip(MostShown).Sum(s => s.Count) / total));
        table.AppendTo(_text, 2);
    }

    private void AppendClasses(string title, ClassDistribution? balance, Func<SplitSummary, ClassDistribution?> of)
    {
        if (balance is null)
            return;
        var imbalance = double.IsNaN(balance.Imbalance) ? "none has any"
            : double.IsInfinity(balance.Imbalance) ? "some have none" : string.Create(CultureInfo.InvariantCulture, $"largest to smallest {balance.Imbalance:0.##} : 1");
        _text.AppendLine().AppendLine($"{title} (column {balance.Column}): {Plural(balance.Classes.Count, "class")}, {imbalance}{(balance.Unclassified > 0 ? $"; {Number(balance.Unclassified)} {balance.Unit} without a class" : "")}");
        var isOfImages = balance.Unit == "images";
        var splits = report.Splits.Count == 1 ? [] : report.Splits;
        var table = new ReportTable([.. new[] { "class", balance.Unit, "share" }, .. isOfImages ? Array.Empty<string>() : ["images"], .. splits.Select(s => s.Name)]);
        var counts = splits.Select(s => of(s)?.Classes.ToDictionary(c => c.Name, c => c.Count) ?? []).ToList();
        var shown = balance.Classes;
        if (shown.Count > 3 * MostShown)
            shown = [.. shown.OrderByDescending(c => c.Count).Take(MostShown), .. shown.OrderByDescending(c => c.Count).TakeLast(MostShown)];
        for (var i = 0; i < shown.Count; i++)
        {
            if (shown.Count < balance.Classes.Count && i == MostShown)
                table.Add([$"{balance.Classes.Count - shown.Count} others", .. Enumerable.Repeat("", 2 + (isOfImages ? 0 : 1) + splits.Count)]);
            var one = shown[i];
            table.Add([one.Name, Number(one.Count), Percent(one.Share), .. isOfImages ? Array.Empty<string>() : [Number(one.Images)], .. counts.Select(c => Number(c.GetValueOrDefault(one.Name)))]);
        }
        table.AppendTo(_text, 2);
    }

    private static string Place(DatasetFinding finding, string root)
    {
        var split = finding.Split.Length > 0 ? $"{finding.Split} " : "";
        var file = finding.File is null ? "" : $"{Shorten(finding.File, root)}: ";
        return finding.Row is { } row ? $"{split}row {row}: {file}" : split.Length > 0 ? $"{finding.Split}: " : "";
    }

    private static string Shorten(string text, string root) => root.Length == 0 ? text : text.Replace(root, "", StringComparison.Ordinal);

    /// <summary>The folder below which all files lie, with its last separator; empty where it is none worth mentioning.</summary>
    private static string CommonFolder(IEnumerable<string> files)
    {
        string? common = null;
        foreach (var file in files)
        {
            var folder = file[..(file.LastIndexOfAny(['/', Path.DirectorySeparatorChar]) + 1)];
            if (common is null)
                common = folder;
            else if (!file.StartsWith(common, StringComparison.Ordinal))
            {
                var same = common.AsSpan().CommonPrefixLength(folder);
                common = common[..(common.AsSpan(0, same).LastIndexOfAny('/', Path.DirectorySeparatorChar) + 1)];
            }
        }
        return common is { Length: > 1 } ? common : "";
    }

    private static string Name(FindingKind kind) => kind switch
    {
        FindingKind.UnreadableImage => "unreadable image",
        FindingKind.RotatedImage => "image stored turned",
        FindingKind.ImageSizeMismatch => "image of another size than its annotation states",
        FindingKind.ExactDuplicate => "image with the same pixels as another",
        FindingKind.NearDuplicate => "image that looks like another",
        FindingKind.ConflictingLabels => "image that is there twice, labelled differently",
        FindingKind.SharedBetweenSplits => "image that is in another view too",
        FindingKind.MissingLabel => "missing label",
        FindingKind.UnknownClass => "unknown class",
        FindingKind.UnusedClass => "unused class",
        FindingKind.BrokenObjects => "row whose boxes cannot be read",
        FindingKind.InvalidBox => "invalid box",
        FindingKind.BoxOutsideImage => "box outside its image",
        FindingKind.SmallBox => "very small box",
        FindingKind.UnreadableMask => "unreadable mask",
        FindingKind.MaskSizeMismatch => "mask of another size than its image",
        FindingKind.UnknownMaskValue => "mask with values that are no class",
        _ => "mask that marks nothing",
    };

    /// <summary>"1 image that looks ...", "2 images that look ...": the first word takes the ending.</summary>
    private static string Plural(long count, string words)
    {
        if (count == 1)
            return $"1 {words}";
        string[] nouns = ["image", "label", "class", "box", "mask", "row", "error", "warning", "note"];
        var parts = words.Split(' ');
        var noun = Array.FindIndex(parts, p => nouns.Contains(p));
        parts[noun] += parts[noun] is "class" or "box" ? "es" : "s";
        for (var i = noun + 1; i < parts.Length && i <= noun + 2; i++)
            parts[i] = parts[i] switch { "is" => "are", "lies" => "lie", "looks" => "look", "marks" => "mark", var other => other };
        return $"{Number(count)} {string.Join(' ', parts)}";
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
