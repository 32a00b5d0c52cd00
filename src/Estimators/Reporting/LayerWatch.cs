using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Reporting;

/// <summary>Hooks on every layer without layers of its own, or with such as are not to be listed; collects a summary each time one runs.</summary>
internal sealed class LayerWatch
{
    private readonly List<LayerSummary> _layers = [];
    private readonly List<Action> _removers = [];
    private readonly HashSet<nn.Module> _counted = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, ReceptiveField> _fields = new(ReferenceEqualityComparer.Instance);
    private ReceptiveField _widest = ReceptiveField.Pixel;

    public LayerWatch(nn.Module network)
    {
        foreach (var (name, module) in Leaves(network))
        {
            if (module is not nn.Module<Tensor, Tensor> layer)
                continue;
            var hook = layer.register_forward_hook((_, input, output) =>
            {
                Note(name, layer, input, output);
                return output;
            });
            _removers.Add(hook.remove);
        }
    }

    public IReadOnlyList<LayerSummary> Layers => _layers;

    public void Stop() => _removers.ForEach(remove => remove());

    private static IEnumerable<(string, nn.Module)> Leaves(nn.Module network)
    {
        if (!network.named_children().Any())
            return [("", network)];
        var modules = network.named_modules().ToList();
        var whole = modules.Where(m => m.Item2 is ILayerShape).Select(m => m.Item1 + ".").ToList();
        return modules.Where(m => (m.Item2 is ILayerShape || !m.Item2.named_children().Any()) && !whole.Any(w => m.Item1.StartsWith(w, StringComparison.Ordinal)));
    }

    private void Note(string name, nn.Module layer, Tensor input, Tensor output)
    {
        // A tensor no layer made (a sum, a join, a reshape) comes from the widest path so far.
        var field = _fields.GetValueOrDefault(input, _widest).After(layer);
        _fields[output] = field;
        _widest = ReceptiveField.Wider(field, _widest);
        var first = _counted.Add(layer);
        _layers.Add(new LayerSummary
        {
            Name = name,
            Type = layer.GetType().Name,
            Kernel = Pair(layer switch { Convolution c => c.kernel_size, ILayerShape { Kernel: > 0 and var side } => [side, side], MaxPool2d p => p.kernel_size, AvgPool2d p => p.kernel_size, _ => null }),
            Stride = Pair(layer switch { Convolution c => c.stride, ILayerShape { Kernel: > 0 } s => [s.Stride, s.Stride], MaxPool2d p => p.stride ?? p.kernel_size, AvgPool2d p => p.stride ?? p.kernel_size, _ => null }),
            Padding = Pair(layer switch { Convolution c => c.padding, ILayerShape { Kernel: > 0 } s => [s.Padding, s.Padding], MaxPool2d p => p.padding ?? [0, 0], AvgPool2d p => p.padding ?? [0, 0], _ => null }),
            OutputSize = [.. output.shape.Skip(1)],
            Filters = layer switch { Convolution c => c.out_channels, ILayerShape s => s.Filters, Linear l => l.out_features, _ => null },
            ReceptiveField = field.Size,
            Parameters = first ? layer.parameters().Sum(p => p.numel()) : 0,
            Macs = layer switch
            {
                ConvolutionTranspose c => input.numel() * (c.out_channels / c.groups) * c.kernel_size[0] * c.kernel_size[1],
                ILayerShape s => s.Macs(input.numel(), output.numel()),
                Convolution c => output.numel() * (c.in_channels / c.groups) * c.kernel_size[0] * c.kernel_size[1],
                Linear l => output.numel() * l.in_features,
                _ => 0,
            },
            OutputBytes = output.numel() * sizeof(float),
        });
    }

    private static (long, long)? Pair(long[]? values) => values is { Length: > 0 } ? (values[0], values[^1]) : null;
}
