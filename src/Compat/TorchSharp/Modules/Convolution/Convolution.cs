using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the convolutions share: weight (K, C / groups, kernel), transposed (C, K / groups, kernel), and bias (K).</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    protected Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    protected Parameter? _bias;

    /// <summary>The padding as <see cref="nn.functional.pad(Tensor, long[], PaddingModes, double)"/> takes it.</summary>
    protected long[] _reversed_padding_repeated_twice = [];

    protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException($"A transposed convolution can be padded with zeros, not with {padding_mode}.", nameof(padding_mode));
        if (in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"{groups} groups divide neither {in_channels} nor {out_channels} channels evenly.", nameof(groups));
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        if (padding_type is { } type) SetPadding(type);
        else SetPadding(padding ?? new long[kernel_size.Length]);

        long[] shape = transposed ? [in_channels, out_channels / groups, .. kernel_size] : [out_channels, in_channels / groups, .. kernel_size];
        weight = nn.Parameter(empty(shape, dtype, device));
        if (bias) this.bias = nn.Parameter(empty(out_channels, dtype, device));
        reset_parameters();
    }

    public long in_channels { get; }
    public long out_channels { get; }
    public bool transposed { get; }
    public long[] kernel_size { get; set; }
    public long[] stride { get; set; }
    public long[] dilation { get; set; }
    public long[] output_padding { get; set; }
    public long groups { get; set; }
    public PaddingModes padding_mode { get; set; }
    public long[]? padding { get; private set; }
    public Padding? padding_type { get; private set; }

    public Parameter weight
    {
        get => _weight!;
        set => Own(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(value)));
    }

    public Parameter? bias
    {
        get => _bias;
        set => Own(nameof(bias), ref _bias, value);
    }

    public void reset_parameters() => nn.init.ResetLikePyTorch(weight, bias);

    public void SetPadding(long[] padding)
    {
        padding_type = null;
        this.padding = padding;
        _reversed_padding_repeated_twice = new long[2 * padding.Length];
        for (var d = 0; d < padding.Length; d++)
        {
            var place = 2 * (padding.Length - 1 - d);
            _reversed_padding_repeated_twice[place] = _reversed_padding_repeated_twice[place + 1] = padding[d];
        }
    }

    public void SetPadding(Padding padding)
    {
        if (transposed) throw new ArgumentException($"A transposed convolution is padded by numbers, not by {padding}.", nameof(padding));
        if (padding == Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException($"Padding to the same size needs stride 1, not ({string.Join(", ", stride)}).", nameof(padding));
        this.padding = null;
        padding_type = padding;
        _reversed_padding_repeated_twice = new long[2 * kernel_size.Length];
        if (padding != Padding.Same) return;
        for (var d = 0; d < kernel_size.Length; d++)
        {
            // Of an odd total the right side gets one more.
            var total = dilation[d] * (kernel_size[d] - 1);
            var place = 2 * (kernel_size.Length - 1 - d);
            _reversed_padding_repeated_twice[place] = total / 2;
            _reversed_padding_repeated_twice[place + 1] = total - total / 2;
        }
    }

    /// <summary>Whether the input is (N, C, ...) or (C, ...) with this layer's channels.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    internal void Check(Tensor input, int dimensions)
    {
        if (!ValidateShape(input, dimensions))
            throw new ArgumentException($"{GetName()} wants {in_channels} channels and {dimensions + 2} dimensions, or {dimensions + 1} without a batch; the input is ({string.Join(", ", input.shape)}).", nameof(input));
    }

    // Zeros are padded by the convolution itself, everything else before it.
    internal Tensor? PaddedBefore(Tensor input) => padding_mode == PaddingModes.Zeros
        ? null
        : nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
}
