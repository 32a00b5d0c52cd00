namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Op[] _conv = [Aten.conv1d, Aten.conv2d, Aten.conv3d];
            private static readonly Op[] _conv_padding = [Aten.conv1d_padding, Aten.conv2d_padding, Aten.conv3d_padding];
            private static readonly Op[] _conv_transpose = [Aten.conv_transpose1d, Aten.conv_transpose2d_input, Aten.conv_transpose3d_input];

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.linear.Call(input, weights, bias);

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                _conv[0].Call(input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Convolve(2, input, weight, bias, strides, padding, dilation, groups);

            public static Tensor conv3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Convolve(3, input, weight, bias, strides, padding, dilation, groups);

            public static Tensor conv1d_padding(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid, long? dilation = null, long groups = 1) =>
                Convolve(1, input, weight, bias, stride is { } s ? [s] : null, padding, dilation is { } d ? [d] : null, groups);

            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Convolve(2, input, weight, bias, strides, padding, dilation, groups);

            public static Tensor conv3d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Convolve(3, input, weight, bias, strides, padding, dilation, groups);

            public static Tensor conv_transpose1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? output_padding = null, long? dilation = null, long groups = 1) =>
                _conv_transpose[0].Call(input, weight, bias, stride ?? 1, padding ?? 0, output_padding ?? 0, groups, dilation ?? 1);

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                ConvolveTransposed(2, input, weight, bias, strides, padding, output_padding, dilation, groups);

            public static Tensor conv_transpose3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                ConvolveTransposed(3, input, weight, bias, strides, padding, output_padding, dilation, groups);

            private static Tensor Convolve(int dimensions, Tensor input, Tensor weight, Tensor? bias, long[]? strides, long[]? padding, long[]? dilation, long groups) =>
                _conv[dimensions - 1].Call(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            private static Tensor Convolve(int dimensions, Tensor input, Tensor weight, Tensor? bias, long[]? strides, Padding padding, long[]? dilation, long groups) =>
                _conv_padding[dimensions - 1].Call(input, weight, bias, strides ?? [1], padding == Padding.Same ? "same" : "valid", dilation ?? [1], groups);

            private static Tensor ConvolveTransposed(int dimensions, Tensor input, Tensor weight, Tensor? bias, long[]? strides, long[]? padding, long[]? output_padding, long[]? dilation, long groups) =>
                _conv_transpose[dimensions - 1].Call(input, weight, bias, strides ?? [1], padding ?? [0], output_padding ?? [0], groups, dilation ?? [1]);
        }
    }
}
