using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What batch and instance norm share: scale and shift per channel, and running mean and variance.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    [ComponentName(Name = nameof(running_mean))]
    private Tensor? _running_mean;

    [ComponentName(Name = nameof(running_var))]
    private Tensor? _running_var;

    [ComponentName(Name = nameof(num_batches_tracked))]
    private Tensor? _num_batches_tracked;

    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name) : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = nn.Parameter(empty(num_features, dtype, device));
            bias = nn.Parameter(empty(num_features, dtype, device));
        }
        if (track_running_stats)
        {
            running_mean = empty(num_features, dtype, device);
            running_var = empty(num_features, dtype, device);
            num_batches_tracked = zeros(Array.Empty<long>(), ScalarType.Int64, device);
        }
        reset_parameters();
    }

    public long num_features { get; }
    public double eps { get; set; }

    /// <summary>Null: the plain mean over all batches so far.</summary>
    public double? momentum { get; set; }
    public bool affine { get; }
    public bool track_running_stats { get; }

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

    public Tensor? running_mean
    {
        get => _running_mean;
        set => Own(nameof(running_mean), ref _running_mean, value);
    }

    public Tensor? running_var
    {
        get => _running_var;
        set => Own(nameof(running_var), ref _running_var, value);
    }

    public Tensor? num_batches_tracked
    {
        get => _num_batches_tracked;
        set => Own(nameof(num_batches_tracked), ref _num_batches_tracked, value);
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        nn.init.ones_(_weight!);
        nn.init.zeros_(_bias!);
    }

    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        nn.init.zeros_(_running_mean!);
        nn.init.ones_(_running_var!);
        nn.init.zeros_(_num_batches_tracked!);
    }

    protected abstract void ValidateInputDimensions(Tensor input);

    internal void CheckDimensions(Tensor input, long least, long most)
    {
        if (input.ndim < least || input.ndim > most)
            throw new ArgumentException($"{GetName()} wants an input of {(least == most ? $"{least}" : $"{least} or {most}")} dimensions, not of {input.ndim}.", nameof(input));
    }
}
