namespace Fovea.Reporting;

/// <summary>The networks layer by layer.</summary>
internal static class NetworkSection
{
    public static ReportSection Of(IReadOnlyList<(string Name, NetworkSummary Summary)> networks) => new("network", networks.Count > 1 ? "Networks" : "Network",
        [.. networks.SelectMany(n => Parts(networks.Count > 1 ? n.Name : "", n.Summary))]);

    private static IEnumerable<ReportPart> Parts(string name, NetworkSummary network)
    {
        var (prefix, of) = name.Length == 0 ? ("", "") : ($"{name}.", $" of the {name}");
        yield return new FactsPart($"{prefix}facts",
        [
            new("input", $"Input{of}", string.Join(" x ", network.InputSize)),
            new("layers", "Layers that ran", ReportValue.Count(network.Layers.Count)),
            new("parameters", "Parameters", ReportValue.Count(network.Parameters)),
            new("macs", "MACs an image", ReportValue.Count(network.Macs)),
            new("parameterBytes", "Weights in float32", ReportValue.Bytes(network.ParameterBytes)),
            new("outputBytes", "Outputs of one image", ReportValue.Bytes(network.OutputBytes)),
        ]);
        yield return new TablePart($"{prefix}layers", $"Layers{of}",
            [new("name", "layer"), new("type", "type"), new("kernel", "kernel"), new("stride", "stride"), new("output", "output"), new("field", "sees"), new("parameters", "parameters"), new("macs", "MACs")],
            [.. network.Layers.Select(Row)]) { IsFolded = network.Layers.Count > 20 };
    }

    private static IReadOnlyList<ReportValue> Row(LayerSummary layer) =>
    [
        ReportValue.Words(layer.Name), ReportValue.Words(layer.Type), Pair(layer.Kernel), Pair(layer.Stride), ReportValue.Words(string.Join(" x ", layer.OutputSize)),
        layer.ReceptiveField is { } field ? ReportValue.Measured(field, "px") : ReportValue.Words("all"), ReportValue.Count(layer.Parameters), ReportValue.Count(layer.Macs),
    ];

    private static ReportValue Pair((long Height, long Width)? pair) => ReportValue.Words(pair is var (h, w) ? h == w ? $"{h}" : $"{h} x {w}" : "");
}
