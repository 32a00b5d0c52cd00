namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op[] _nearest = [Aten.upsample_nearest1d_vec, Aten.upsample_nearest2d_vec, Aten.upsample_nearest3d_vec];
            private static readonly Op[] _nearest_exact = [Aten._upsample_nearest_exact1d_vec, Aten._upsample_nearest_exact2d_vec, Aten._upsample_nearest_exact3d_vec];
            private static readonly Op[] _linear_modes = [Aten.upsample_linear1d_vec, Aten.upsample_bilinear2d_vec, Aten.upsample_trilinear3d_vec];

            /// <summary>
            /// (N, C, L), (N, C, H, W) or (N, C, D, H, W) resized to <paramref name="size"/> or by <paramref name="scale_factor"/>,
            /// of which one is given.
            /// </summary>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var dimensions = (int)x.ndim - 2;
                if (dimensions is < 1 or > 3) throw new ArgumentException($"An input of 3, 4 or 5 dimensions can be resized, not of {x.ndim}.", nameof(x));
                if ((size is null) == (scale_factor is null)) throw new ArgumentException("Give either a size or a scale factor.", nameof(size));
                if (size is not null && recompute_scale_factor) throw new ArgumentException("A scale factor can be recomputed only where one was given.", nameof(recompute_scale_factor));
                size = ForEach(size, dimensions, nameof(size));
                scale_factor = ForEach(scale_factor, dimensions, nameof(scale_factor));
                if (scale_factor is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    size = Scaled(x.shape, scale_factor);
                    scale_factor = null;
                }

                var smooth = mode is InterpolationMode.Linear or InterpolationMode.Bilinear or InterpolationMode.Trilinear or InterpolationMode.Bicubic;
                if (align_corners is not null && !smooth)
                    throw new ArgumentException($"{nameof(align_corners)} has no meaning for {mode}.", nameof(align_corners));
                if (antialias && !(dimensions == 2 && mode is InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException($"Anti-aliasing is for Bilinear and Bicubic of images, not for {mode} of {x.ndim} dimensions.", nameof(antialias));

                var align = align_corners ?? false;
                return (mode, dimensions) switch
                {
                    (InterpolationMode.Nearest, _) => _nearest[dimensions - 1].Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, _) => _nearest_exact[dimensions - 1].Call(x, size, scale_factor),
                    (InterpolationMode.Area, _) => _adaptive_avg_pool[dimensions - 1].Call(x, size),
                    (InterpolationMode.Bicubic, 2) => (antialias ? Aten._upsample_bicubic2d_aa_vec : Aten.upsample_bicubic2d_vec).Call(x, size, align, scale_factor),
                    (InterpolationMode.Bilinear, 2) when antialias => Aten._upsample_bilinear2d_aa_vec.Call(x, size, align, scale_factor),
                    (InterpolationMode.Linear, 1) or (InterpolationMode.Bilinear, 2) or (InterpolationMode.Trilinear, 3) =>
                        _linear_modes[dimensions - 1].Call(x, size, align, scale_factor),
                    _ => throw new ArgumentException($"{mode} does not resize an input of {x.ndim} dimensions.", nameof(mode)),
                };
            }

            public static Tensor upsample(Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(input, size, scale_factor, (InterpolationMode)mode, mode == UpsampleMode.Nearest ? null : align_corners);

            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            /// <summary>Nearest neighbours know no aligned corners: the argument is TorchSharp's and has no effect.</summary>
            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor);

            public static Tensor upsample_nearest1d(Tensor input, long? outputSize, double? scaleFactor) =>
                _nearest[0].Call(input, outputSize is { } size ? (long[])[size] : null, scaleFactor is { } scale ? (double[])[scale] : null);

            public static Tensor upsample_nearest2d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                _nearest[1].Call(input, outputSizes, scaleFactors);

            public static Tensor upsample_nearest3d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                _nearest[2].Call(input, outputSizes, scaleFactors);

            private static T[]? ForEach<T>(T[]? values, int dimensions, string name)
            {
                if (values is null || values.Length == dimensions) return values;
                if (values.Length != 1) throw new ArgumentException($"{name} has {values.Length} values for {dimensions} dimensions.", name);
                var each = new T[dimensions];
                Array.Fill(each, values[0]);
                return each;
            }

            private static long[] Scaled(long[] shape, double[] scale)
            {
                var size = new long[scale.Length];
                for (var d = 0; d < size.Length; d++) size[d] = (long)Math.Floor(shape[d + 2] * scale[d]);
                return size;
            }
        }
    }
}
