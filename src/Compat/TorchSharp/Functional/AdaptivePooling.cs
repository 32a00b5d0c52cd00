namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op[] _adaptive_avg_pool = [Aten.adaptive_avg_pool1d, Aten.adaptive_avg_pool2d, Aten.adaptive_avg_pool3d];
            private static readonly Op[] _adaptive_max_pool = [Aten.adaptive_max_pool1d, Aten.adaptive_max_pool2d, Aten.adaptive_max_pool3d];

            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) => _adaptive_avg_pool[0].Call(input, output_size);
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => _adaptive_avg_pool[1].Call(input, output_size);
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => adaptive_avg_pool2d(input, Sizes.Of(output_size));
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => _adaptive_avg_pool[1].Call(input, output_size);
            public static Tensor adaptive_avg_pool3d(Tensor input, long output_size) => _adaptive_avg_pool[2].Call(input, output_size);
            public static Tensor adaptive_avg_pool3d(Tensor input, (long, long, long) output_size) => adaptive_avg_pool3d(input, Sizes.Of(output_size));
            public static Tensor adaptive_avg_pool3d(Tensor input, long[] output_size) => _adaptive_avg_pool[2].Call(input, output_size);

            public static (Tensor output, Tensor indices) adaptive_max_pool1d_with_indices(Tensor input, long output_size) => _adaptive_max_pool[0].Call2(input, output_size);
            public static (Tensor output, Tensor indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size) => _adaptive_max_pool[1].Call2(input, output_size);
            public static (Tensor output, Tensor indices) adaptive_max_pool3d_with_indices(Tensor input, long[] output_size) => _adaptive_max_pool[2].Call2(input, output_size);

            public static Tensor adaptive_max_pool1d(Tensor input, long output_size) => WithoutIndices(adaptive_max_pool1d_with_indices(input, output_size));
            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size) => WithoutIndices(adaptive_max_pool2d_with_indices(input, output_size));
            public static Tensor adaptive_max_pool3d(Tensor input, long[] output_size) => WithoutIndices(adaptive_max_pool3d_with_indices(input, output_size));

            private static Tensor WithoutIndices((Tensor output, Tensor indices) pooled)
            {
                pooled.indices.Dispose();
                return pooled.output;
            }
        }
    }
}
