namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05)
            {
                if (training && input.numel() == input.shape[1])
                    throw new ArgumentException($"Batch norm in training needs more than one value a channel; the input is ({string.Join(", ", input.shape)}).", nameof(input));
                return Aten.batch_norm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);
            }

            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-05)
            {
                if (use_input_stats && input.numel() == input.shape[0] * input.shape[1])
                    throw new ArgumentException($"Instance norm needs more than one value a channel; the input is ({string.Join(", ", input.shape)}).", nameof(input));
                return Aten.instance_norm.Call(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);
            }

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Aten.group_norm.Call(input, num_groups, weight, bias, eps, true);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Aten.layer_norm.Call(input, normalized_shape, weight, bias, eps, true);

            /// <summary>Divided by (k + alpha * mean of the squares of <paramref name="size"/> neighbouring channels) ^ beta.</summary>
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1.0)
            {
                if (input.ndim < 3) throw new ArgumentException($"Local response norm needs (N, C, ...); the input has {input.ndim} dimensions.", nameof(input));
                using var scope = NewDisposeScope();
                var shape = input.shape;
                // (N, 1, C, rest): the channels become the dimension that is padded and averaged over.
                var squares = input.mul(input).view(shape[0], 1, shape[1], -1);
                var padded = pad(squares, [0, 0, size / 2, (size - 1) / 2]);
                var mean = avg_pool2d(padded, [size, 1], [1, 1]).view(shape);
                return (input / mean.mul(alpha).add(k).pow(beta)).MoveToOuterDisposeScope();
            }

            /// <summary>Divided by the p-norm along <paramref name="dim"/>, but by no less than <paramref name="eps"/>.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12)
            {
                using var scope = NewDisposeScope();
                var norm = Aten.norm_ScalarOpt_dim.Call(input, p, (long[])[dim], true).clamp_min(eps).expand_as(input);
                return (input / norm).MoveToOuterDisposeScope();
            }
        }
    }
}
