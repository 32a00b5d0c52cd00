using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Reporting;

/// <summary>Hooks on every layer without layers of its own; collects a summary each time one runs.</summary>
internal sealed class LayerWatch
{
    private readonly List<LayerSummary> _layers = [];
    private readonly List<Action> _removers = [];
    private readonly HashSet<nn.Module> _counted = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, ReceptiveField> _fields = new(ReferenceEqualityComparer.Instance);
    private ReceptiveField _widest = ReceptiveField.Pixel;

    public LayerWatch(nn.Module network)
    {
        var leaves = network.named_children().Any() ? network.named_modules().Where(m => !m.Item2.named_children().Any()) : [("", network)];
        foreach (var (name, module) in leaves)
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
            Kernel = Pair(layer switch { Convolution c => c.kernel_size, DoublingConvolution => [2, 2], MaxPool2d p => p.kernel_size, AvgPool2d p => p.kernel_size, _ => null }),
            Stride = Pair(layer switch { Convolution c => c.stride, DoublingConvolution => [2, 2], MaxPool2d p => p.stride ?? p.kernel_size, AvgPool2d p => p.stride ?? p.kernel_size, _ => null }),
            Padding = Pair(layer switch { Convolution c => c.padding, DoublingConvolution => [0, 0], MaxPool2d p => p.padding ?? [0, 0], AvgPool2d p => p.padding ?? [0, 0], _ => null }),
            OutputSize = [.. output.shape.Skip(1)],
            Filters = layer switch { Convolution c => c.out_channels, DoublingConvolution d => d.Width, Linear l => l.out_features, _ => null },
            ReceptiveField = field.Size,
            Parameters = first ? layer.parameters(recurse: false).Sum(p => p.numel()) : 0,
            Macs = layer switch
            {
                ConvolutionTranspose c => input.numel() * (c.out_channels / c.groups) * c.kernel_size[0] * c.kernel_size[1],
                DoublingConvolution d => output.numel() * d.Channels,
                Convolution c => output.numel() * (c.in_channels / c.groups) * c.kernel_size[0] * c.kernel_size[1],
                Linear l => output.numel() * l.in_features,
                _ => 0,
            },
            OutputBytes = output.numel() * sizeof(float),
        });
    }

    private static (long, long)? Pair(long[]? values) => values is { Length: > 0 } ? (values[0], values[^1]) : null;
}
