namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op[] _max_pool = [Aten.max_pool1d, Aten.max_pool2d, Aten.max_pool3d];
            private static readonly Op[] _max_pool_indices = [Aten.max_pool1d_with_indices, Aten.max_pool2d_with_indices, Aten.max_pool3d_with_indices];
            private static readonly Op[] _avg_pool = [Aten.avg_pool1d, Aten.avg_pool2d, Aten.avg_pool3d];

            public static Tensor max_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                _max_pool[0].Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static (Tensor output, Tensor indices) max_pool1d_with_indices(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                _max_pool_indices[0].Call2(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                _max_pool[1].Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                MaxPool(2, input, Sizes.Of(kernel_size), Sizes.Of(stride), Sizes.Of(padding), Sizes.Of(dilation), ceil_mode);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                MaxPool(2, input, kernel_size, strides, padding, dilation, ceil_mode);

            public static (Tensor output, Tensor indices) max_pool2d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                MaxPoolIndices(2, input, kernel_size, strides, padding, dilation, ceil_mode);

            public static Tensor max_pool3d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                MaxPool(3, input, kernel_size, strides, padding, dilation, ceil_mode);

            public static (Tensor output, Tensor indices) max_pool3d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                MaxPoolIndices(3, input, kernel_size, strides, padding, dilation, ceil_mode);

            public static Tensor max_unpool1d(Tensor input, Tensor indices, long kernel_size, long? stride = null, long? padding = null, long[]? output_size = null)
            {
                // There is no operator for one dimension: the two-dimensional one works on images of width 1.
                var length = Unpooled(1, input, [kernel_size], stride is { } s ? [s] : null, padding is { } p ? [p] : null, output_size);
                using var image = input.unsqueeze(-1);
                using var places = indices.unsqueeze(-1);
                using var unpooled = Aten.max_unpool2d.Call(image, places, (long[])[length[0], 1]);
                return unpooled.squeeze(-1);
            }

            public static Tensor max_unpool2d(Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? output_size = null) =>
                Aten.max_unpool2d.Call(input, indices, Unpooled(2, input, kernel_size, stride, padding, output_size));

            public static Tensor max_unpool3d(Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? output_size = null) =>
                Aten.max_unpool3d.Call(input, indices, Unpooled(3, input, kernel_size, stride, padding, output_size), stride ?? kernel_size, padding ?? [0, 0, 0]);

            public static Tensor avg_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true) =>
                _avg_pool[0].Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, ceil_mode, count_include_pad);

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                _avg_pool[1].Call(input, kernel_size, stride ?? kernel_size, padding, ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Sizes.Of(kernel_size), Sizes.Of(stride), Sizes.Of(padding), ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                _avg_pool[1].Call(input, kernel_size, stride ?? kernel_size, padding ?? [0], ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool3d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                _avg_pool[2].Call(input, kernel_size, stride ?? kernel_size, padding ?? [0], ceil_mode, count_include_pad, divisor_override);

            /// <summary>The p-norm of each window; of an odd p, a window whose sum of powers is negative gives NaN.</summary>
            public static Tensor lp_pool1d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
                LpPool(input, norm_type, kernel_size, powers => avg_pool1d(powers, kernel_size, stride, 0, ceil_mode));

            public static Tensor lp_pool2d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
                lp_pool2d(input, norm_type, [kernel_size, kernel_size], stride is { } s ? [s, s] : null, ceil_mode);

            public static Tensor lp_pool2d(Tensor input, double norm_type, long[] kernel_size, long[]? stride = null, bool ceil_mode = false) =>
                LpPool(input, norm_type, kernel_size[0] * kernel_size[1], powers => avg_pool2d(powers, kernel_size, stride, null, ceil_mode));

            private static Tensor MaxPool(int dimensions, Tensor input, long[] kernel_size, long[]? strides, long[]? padding, long[]? dilation, bool ceil_mode) =>
                _max_pool[dimensions - 1].Call(input, kernel_size, strides ?? kernel_size, padding ?? [0], dilation ?? [1], ceil_mode);

            private static (Tensor, Tensor) MaxPoolIndices(int dimensions, Tensor input, long[] kernel_size, long[]? strides, long[]? padding, long[]? dilation, bool ceil_mode) =>
                _max_pool_indices[dimensions - 1].Call2(input, kernel_size, strides ?? kernel_size, padding ?? [0], dilation ?? [1], ceil_mode);

            private static Tensor LpPool(Tensor input, double norm_type, long window, Func<Tensor, Tensor> average)
            {
                using var scope = NewDisposeScope();
                var mean = average(input.pow(norm_type));
                return (mean.sign() * mean.abs().relu()).mul(window).pow(1 / norm_type).MoveToOuterDisposeScope();
            }

            // The size before pooling: what was asked for, or the smallest that the pooling maps to the input's size.
            private static long[] Unpooled(int dimensions, Tensor input, long[] kernel_size, long[]? stride, long[]? padding, long[]? output_size)
            {
                if (output_size is not null) return output_size[^dimensions..];
                var sizes = input.shape[^dimensions..];
                for (var d = 0; d < dimensions; d++)
                    sizes[d] = (sizes[d] - 1) * Sizes.At(stride ?? kernel_size, d) - 2 * Sizes.At(padding ?? [0], d) + Sizes.At(kernel_size, d);
                return sizes;
            }
        }
    }
}
