using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Each channel to mean 0 and variance 1 over the batch, in evaluation by the running mean and variance; then scaled and shifted.</summary>
public abstract class BatchNorm : NormBase
{
    public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var factor = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } batches)
        {
            batches.add_(1);
            if (momentum is null) factor = 1.0 / batches.item<long>();
        }
        var byBatch = training || (running_mean is null && running_var is null);
        var tracked = !training || track_running_stats;
        return nn.functional.batch_norm(input, tracked ? running_mean : null, tracked ? running_var : null, affine ? weight : null, bias, byBatch, factor, eps);
    }
}
