using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fovea.Benchmarks;

/// <summary>What a figure is to be: the project's aims for its speed and memory.</summary>
/// <param name="Bench">Its name behind <c>--only</c>.</param>
/// <param name="Work">Of which lines: a pattern of their text.</param>
/// <param name="Figure">Which figure of the line, or one by another: <c>ratio.median</c>, <c>peakBytes.fovea/peakBytes.pytorch</c>.</param>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Bound">In the figure's unit.</param>
/// <param name="AtLeast">Whether it is to be at least so much; else at most.</param>
internal sealed record Target(string Bench, string Work, string Figure, string Name, double Bound, bool AtLeast)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        Ratio("training", "^Cifar.*bfloat16, PyTorch default$", 1.6),
        Ratio("training", "^ResNet18.* float32, PyTorch default$", 1.25),
        Ratio("training", "^ResNet18.*bfloat16, PyTorch default$", 3.2),
        Ratio("training", "^ResNet18.*with tcmalloc$", 1.3),
        Ratio("training", "^UNet.* float32, PyTorch default$", 1.5),
        Ratio("training", "^UNet.*bfloat16, PyTorch default$", 3),
        Ratio("training", "^UNet.*with tcmalloc$", 1.7),
        Memory("training", "with tcmalloc$", "pytorch", 1),
        Ratio("fromfiles", "kept decoded, PyTorch default$", 3),
        Ratio("optimizer", "", 3),
        new("optimizer", "", "shareOfMemorySpeed.median", "share of the memory's speed", 0.9, AtLeast: true),
        new("optimizer", "^Adam ", "milliseconds", "milliseconds", 10, AtLeast: false),
        Ratio("prediction", @"^ResNet-18, 32 images.*, default \(.*, PyTorch default$", 3),
        Ratio("prediction", @"^ResNet-18, 1 images.*, default \(.*, PyTorch default$", 1.5),
        new("prediction", "images", "difference", "difference", 1e-2, AtLeast: false),
        new("prediction", "first prediction", "fovea.median", "seconds", 1, AtLeast: false),
        Ratio("prediction", "first prediction", 2),
        Ratio("detection", "^YOLO.*bfloat16", 2),
        new("smallops", "^x \\+ y$", "fovea.median", "µs", 1.2, AtLeast: false),
        new("smallops", "^x \\+ y$", "managedBytes", "managed bytes", 176, AtLeast: false),
        new("smallops", "^x \\+ 1.5f$", "fovea.median", "µs", 1.3, AtLeast: false),
        new("smallops", "^x.shape$", "fovea.median", "µs", 0.1, AtLeast: false),
        new("smallops", "training step$", "managedBytes", "managed bytes", 30_000, AtLeast: false),
        Memory("undisposed", "", "withScope", 1.5),
        Ratio("evaluation", "", 5),
    ];

    /// <param name="bench">Its name.</param>
    /// <param name="result">A line of its figures.</param>
    /// <returns>For each target that it has, what is wanted and whether it is met; none where the figure was not measured.</returns>
    public static IEnumerable<(string Text, bool IsMet)> Of(string bench, JsonObject result) =>
        from target in All
        where target.Bench == bench && Regex.IsMatch(Figures.Text(result, "work") ?? "", target.Work)
        let value = target.Value(result)
        where value is not null
        select (target.ToString(), target.AtLeast ? value >= target.Bound : value <= target.Bound);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {(AtLeast ? "≥" : "≤")} {Bound:#,0.##}");

    private static Target Ratio(string bench, string work, double bound) => new(bench, work, "ratio.median", "ratio", bound, AtLeast: true);

    private static Target Memory(string bench, string work, string peer, double bound) => new(bench, work, $"peakBytes.fovea/peakBytes.{peer}", "memory over the other's", bound, AtLeast: false);

    private double? Value(JsonObject result) => Figure.Split('/') is [var over, var under]
        ? Figures.Number(result, over) / Figures.Number(result, under)
        : Figures.Number(result, Figure);
}
