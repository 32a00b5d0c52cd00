using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Each channel of each image to mean 0 and variance 1; scaled and shifted where affine.</summary>
public abstract class InstanceNorm : NormBase
{
    public InstanceNorm(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum ?? 0.1, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>The dimensions of one image with its channels.</summary>
    protected abstract long GetNumberOfBatchDimensions();

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var channel = (int)(input.ndim - GetNumberOfBatchDimensions());
        if (input.shape[channel] != num_features)
            throw new ArgumentException($"{GetName()} wants {num_features} channels; the input is ({string.Join(", ", input.shape)}).", nameof(input));
        if (channel == 1) return Normalized(input);
        using var batch = input.unsqueeze(0);
        using var normalized = Normalized(batch);
        return normalized.squeeze(0);
    }

    private Tensor Normalized(Tensor input) =>
        nn.functional.instance_norm(input, running_mean, running_var, affine ? weight : null, bias, training || !track_running_stats, momentum ?? 0.1, eps);
}
