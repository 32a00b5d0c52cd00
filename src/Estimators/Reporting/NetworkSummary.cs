using System.Globalization;
using System.Text;
using Fovea.Reporting;
using static TorchSharp.torch;

namespace Fovea;

/// <summary>A network layer by layer, as it ran on one image. <see cref="ToString"/> is the table.</summary>
public sealed class NetworkSummary
{
    private NetworkSummary(IReadOnlyList<LayerSummary> layers, IReadOnlyList<long> inputSize, long parameters)
    {
        Layers = layers;
        InputSize = inputSize;
        Parameters = parameters;
    }

    /// <summary>The layers in the order in which they ran.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>(C, H, W) of the image; of a generator (Z), the numbers that it makes an image of.</summary>
    public IReadOnlyList<long> InputSize { get; }

    /// <summary>Trained numbers of the whole network, whether in a layer of the table or not.</summary>
    public long Parameters { get; }

    /// <summary>Multiplications with addition for one image.</summary>
    public long Macs => Layers.Sum(l => l.Macs);

    /// <summary>Bytes of all weights in float32.</summary>
    public long ParameterBytes => Parameters * sizeof(float);

    /// <summary>Bytes of all outputs for one image in float32: what a training step keeps for its backward pass, about.</summary>
    public long OutputBytes => Layers.Sum(l => l.OutputBytes);

    /// <summary>Runs the network once on a black image and notes what its layers make of it. Weights and mode stay as they are.</summary>
    internal static NetworkSummary Of(nn.Module<Tensor, Tensor> network, NetworkInput input, Device device) =>
        Of(network, [input.Channels, input.Height, input.Width], image => network.call(image), device);

    /// <param name="network">The network.</param>
    /// <param name="inputSize">Of what it takes, without the batch.</param>
    /// <param name="run">Runs it on zeros of that size.</param>
    /// <param name="device">Where it is.</param>
    internal static NetworkSummary Of(nn.Module network, IReadOnlyList<long> inputSize, Action<Tensor> run, Device device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var watch = new LayerWatch(network);
        // Parents before their children, as setting a mode sets it below too.
        List<(nn.Module Module, bool Training)> modes = [(network, network.training), .. network.modules().Select(m => (m, m.training))];
        network.eval();
        try
        {
            run(zeros([1, .. inputSize], device: device)); // (1, C, H, W), or (1, Z)
        }
        finally
        {
            foreach (var (module, training) in modes)
                module.train(training);
            watch.Stop();
        }
        return new(watch.Layers, [.. inputSize], network.parameters().Sum(p => p.numel()));
    }

    /// <summary>The table: one line a layer, totals, and what they are for.</summary>
    public override string ToString()
    {
        List<string[]> rows = [["layer", "type", "kernel", "stride", "pad", "output", "filters", "field", "parameters", "MACs", "memory"]];
        foreach (var l in Layers)
        {
            rows.Add([l.Name, l.Type, Pair(l.Kernel), Pair(l.Stride), Pair(l.Padding), string.Join('x', l.OutputSize), l.Filters?.ToString(CultureInfo.InvariantCulture) ?? "",
                l.ReceptiveField is { } field ? field.ToString(CultureInfo.InvariantCulture) : "all", l.Parameters == 0 ? "" : Count(l.Parameters), l.Macs == 0 ? "" : Count(l.Macs), Bytes(l.OutputBytes)]);
        }
        rows.Add(["total", "", "", "", "", "", "", "", Count(Parameters), Count(Macs), Bytes(OutputBytes)]);

        var widths = Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            if (i == 1 || i == rows.Count - 1)
                text.AppendLine(new string('-', widths.Sum() + (2 * (widths.Length - 1))));
            // Words to the left, numbers to the right.
            text.AppendLine(string.Join("  ", row.Select((cell, c) => c is < 2 or 5 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
        }
        text.AppendLine($"for one image of {string.Join('x', InputSize)}; the weights take {Bytes(ParameterBytes)}");
        return text.ToString();
    }

    private static string Pair((long Height, long Width)? pair) => pair is var (h, w) ? (h == w ? $"{h}" : $"{h}x{w}") : "";

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => ReportValue.Bytes(bytes).Text;
}
