namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Pixels of (N, C, H, W) at the places of (N, H', W', 2), which are x, y in [-1, 1].</summary>
            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null) =>
                // LibTorch counts both otherwise than TorchSharp: bilinear 0, nearest 1; zeros 0, border 1, reflection 2.
                Aten.grid_sampler.Call(input, grid, mode == GridSampleMode.Nearest ? 1L : 0L,
                    padding_mode switch { GridSamplePaddingMode.Border => 1L, GridSamplePaddingMode.Reflection => 2L, _ => 0L }, align_corners ?? false);

            /// <summary>The grid of affine maps (N, 2, 3) for images of <paramref name="size"/> (N, C, H, W).</summary>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Aten.affine_grid_generator.Call(theta, size ?? throw new ArgumentNullException(nameof(size)), align_corners);

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Aten.pixel_shuffle.Call(input, upscale_factor);
            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Aten.pixel_unshuffle.Call(input, downscale_factor);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => x.dtype == ScalarType.Int64
                ? Aten.one_hot.Call(x, num_classes)
                : throw new ArgumentException($"Class indices are Int64, not {x.dtype}.", nameof(x));

            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Unfold(input, Sizes.Repeat(kernel_size, 2), Sizes.Repeat(dilation, 2), Sizes.Repeat(padding, 2), Sizes.Repeat(stride, 2));

            public static Tensor unfold(Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Unfold(input, Sizes.Of(kernel_size), Sizes.Of(dilation), Sizes.Of(padding), Sizes.Of(stride));

            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Fold(input, Sizes.Repeat(output_size, 2), Sizes.Repeat(kernel_size, 2), Sizes.Repeat(dilation, 2), Sizes.Repeat(padding, 2), Sizes.Repeat(stride, 2));

            public static Tensor fold(Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Fold(input, Sizes.Of(output_size), Sizes.Of(kernel_size), Sizes.Of(dilation), Sizes.Of(padding), Sizes.Of(stride));

            private static Tensor Unfold(Tensor input, long[] kernel_size, long[]? dilation, long[]? padding, long[]? stride) =>
                Aten.im2col.Call(input, kernel_size, dilation ?? [1, 1], padding ?? [0, 0], stride ?? [1, 1]);

            private static Tensor Fold(Tensor input, long[] output_size, long[] kernel_size, long[]? dilation, long[]? padding, long[]? stride) =>
                Aten.col2im.Call(input, output_size, kernel_size, dilation ?? [1, 1], padding ?? [0, 0], stride ?? [1, 1]);
        }
    }
}
