namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers as functions.</summary>
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => Activate(Aten.relu, Aten.relu_, inplace, x);
            public static Tensor relu6(Tensor x, bool inplace = false) => Activate(Aten.relu6, Aten.relu6_, inplace, x);
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => Activate(Aten.leaky_relu, Aten.leaky_relu_, inplace, input, negative_slope);
            public static Tensor rrelu(Tensor x, double lower = 0.125, double upper = 0.3333333333333333, bool inplace = false) => Activate(Aten.rrelu, Aten.rrelu_, inplace, x, lower, upper);
            public static Tensor prelu(Tensor input, Tensor weight) => Aten.prelu.Call(input, weight);
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => Activate(Aten.elu, Aten.elu_, inplace, x, alpha);
            public static Tensor celu(Tensor x, double alpha, bool inplace = false) => Activate(Aten.celu, Aten.celu_, inplace, x, alpha);
            public static Tensor selu(Tensor x, bool inplace = false) => Activate(Aten.selu, Aten.selu_, inplace, x);
            public static Tensor gelu(Tensor x) => gelu(x, false);
            public static Tensor gelu(Tensor x, bool inplace) => Activate(Aten.gelu, Aten.gelu_, inplace, x);
            public static Tensor silu(Tensor x, bool inplace = false) => Activate(Aten.silu, Aten.silu_, inplace, x);
            public static Tensor SiLU(Tensor x, bool inplace = false) => silu(x, inplace);
            public static Tensor mish(Tensor x, bool inplace = false) => Activate(Aten.mish, Aten.mish_, inplace, x);
            public static Tensor Mish(Tensor x) => mish(x);
            public static Tensor hardswish(Tensor input, bool inplace = false) => Activate(Aten.hardswish, Aten.hardswish_, inplace, input);
            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => Activate(Aten.hardsigmoid, Aten.hardsigmoid_, inplace, input);
            public static Tensor hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) => Activate(Aten.hardtanh, Aten.hardtanh_, inplace, x, min_val, max_val);
            public static Tensor Hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) => hardtanh(x, min_val, max_val, inplace);
            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) => Activate(Aten.threshold, Aten.threshold_, inplace, x, threshold, value);
            public static Tensor Threshold(Tensor x, double threshold, double value, bool inplace = false) => functional.threshold(x, threshold, value, inplace);
            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);
            public static Tensor sigmoid(Tensor x, bool inplace) => Activate(Aten.sigmoid, Aten.sigmoid_, inplace, x);
            public static Tensor tanh(Tensor x, bool inplace = false) => Activate(Aten.tanh, Aten.tanh_, inplace, x);
            public static Tensor logsigmoid(Tensor x) => Aten.log_sigmoid.Call(x);
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Aten.softplus.Call(x, beta, threshold);
            public static Tensor softshrink(Tensor x, double lambda = 0.5) => Aten.softshrink.Call(x, lambda);
            public static Tensor Softshrink(Tensor x, double lambda = 0.5) => softshrink(x, lambda);
            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => Aten.hardshrink.Call(x, lambda);
            public static Tensor Hardshrink(Tensor x, double lambda = 0.5) => hardshrink(x, lambda);
            public static Tensor glu(Tensor input, long dim = -1) => Aten.glu.Call(input, dim);
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Aten.softmax_int.Call(input, dim, dtype);
            public static Tensor softmin(Tensor x, long dim)
            {
                using var negative = -x;
                return softmax(negative, dim);
            }

            /// <summary>Over the channels of (N, C, H, W) or (C, H, W).</summary>
            public static Tensor softmax2d(Tensor x) => softmax(x, -3);

            public static Tensor log_softmax(Tensor x, long dim) => Aten.log_softmax_int.Call(x, dim, Arg.None);

            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var magnitude = x.abs();
                using var divisor = magnitude + 1;
                return inplace ? x.div_(divisor).alias() : x / divisor;
            }

            public static Tensor Softsign(Tensor x) => softsign(x);

            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var squashed = x.tanh();
                return inplace ? x.sub_(squashed).alias() : x - squashed;
            }

            public static Tensor Tanhshrink(Tensor x) => tanhshrink(x);

            // In place, the result is a tensor of its own over the same memory: input and result may be disposed apart.
            private static Tensor Activate(Op op, Op inPlace, bool inplace, Tensor x, Arg a = default, Arg b = default) =>
                inplace ? inPlace.InPlace(x, a, b).alias() : op.Call(x, a, b, default);
        }
    }
}
