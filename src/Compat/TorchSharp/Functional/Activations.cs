namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers as functions.</summary>
        public static partial class functional
        {
            private static readonly Op _relu = new("relu"), _relu_ = new("relu_"), _relu6 = new("relu6"), _relu6_ = new("relu6_");
            private static readonly Op _leaky_relu = new("leaky_relu"), _leaky_relu_ = new("leaky_relu_"), _rrelu = new("rrelu"), _rrelu_ = new("rrelu_");
            private static readonly Op _elu = new("elu"), _elu_ = new("elu_"), _celu = new("celu"), _celu_ = new("celu_"), _selu = new("selu"), _selu_ = new("selu_");
            private static readonly Op _gelu = new("gelu"), _gelu_ = new("gelu_"), _silu = new("silu"), _silu_ = new("silu_"), _mish = new("mish"), _mish_ = new("mish_");
            private static readonly Op _hardswish = new("hardswish"), _hardswish_ = new("hardswish_"), _hardsigmoid = new("hardsigmoid"), _hardsigmoid_ = new("hardsigmoid_");
            private static readonly Op _hardtanh = new("hardtanh"), _hardtanh_ = new("hardtanh_"), _threshold = new("threshold"), _threshold_ = new("threshold_");
            private static readonly Op _sigmoid = new("sigmoid"), _sigmoid_ = new("sigmoid_"), _tanh = new("tanh"), _tanh_ = new("tanh_");
            private static readonly Op _softplus = new("softplus"), _softshrink = new("softshrink"), _hardshrink = new("hardshrink"), _log_sigmoid = new("log_sigmoid");
            private static readonly Op _glu = new("glu"), _prelu = new("prelu"), _softmax = new("softmax", "int"), _log_softmax = new("log_softmax", "int");

            public static Tensor relu(Tensor x, bool inplace = false) => Activate(_relu, _relu_, inplace, x);
            public static Tensor relu6(Tensor x, bool inplace = false) => Activate(_relu6, _relu6_, inplace, x);
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => Activate(_leaky_relu, _leaky_relu_, inplace, input, negative_slope);
            public static Tensor rrelu(Tensor x, double lower = 0.125, double upper = 0.3333333333333333, bool inplace = false) => Activate(_rrelu, _rrelu_, inplace, x, lower, upper);
            public static Tensor prelu(Tensor input, Tensor weight) => _prelu.Call(input, weight);
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => Activate(_elu, _elu_, inplace, x, alpha);
            public static Tensor celu(Tensor x, double alpha, bool inplace = false) => Activate(_celu, _celu_, inplace, x, alpha);
            public static Tensor selu(Tensor x, bool inplace = false) => Activate(_selu, _selu_, inplace, x);
            public static Tensor gelu(Tensor x) => gelu(x, false);
            public static Tensor gelu(Tensor x, bool inplace) => Activate(_gelu, _gelu_, inplace, x);
            public static Tensor silu(Tensor x, bool inplace = false) => Activate(_silu, _silu_, inplace, x);
            public static Tensor SiLU(Tensor x, bool inplace = false) => silu(x, inplace);
            public static Tensor mish(Tensor x, bool inplace = false) => Activate(_mish, _mish_, inplace, x);
            public static Tensor Mish(Tensor x) => mish(x);
            public static Tensor hardswish(Tensor input, bool inplace = false) => Activate(_hardswish, _hardswish_, inplace, input);
            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => Activate(_hardsigmoid, _hardsigmoid_, inplace, input);
            public static Tensor hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) => Activate(_hardtanh, _hardtanh_, inplace, x, min_val, max_val);
            public static Tensor Hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) => hardtanh(x, min_val, max_val, inplace);
            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) => Activate(_threshold, _threshold_, inplace, x, threshold, value);
            public static Tensor Threshold(Tensor x, double threshold, double value, bool inplace = false) => functional.threshold(x, threshold, value, inplace);
            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);
            public static Tensor sigmoid(Tensor x, bool inplace) => Activate(_sigmoid, _sigmoid_, inplace, x);
            public static Tensor tanh(Tensor x, bool inplace = false) => Activate(_tanh, _tanh_, inplace, x);
            public static Tensor logsigmoid(Tensor x) => _log_sigmoid.Call(x);
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => _softplus.Call(x, beta, threshold);
            public static Tensor softshrink(Tensor x, double lambda = 0.5) => _softshrink.Call(x, lambda);
            public static Tensor Softshrink(Tensor x, double lambda = 0.5) => softshrink(x, lambda);
            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => _hardshrink.Call(x, lambda);
            public static Tensor Hardshrink(Tensor x, double lambda = 0.5) => hardshrink(x, lambda);
            public static Tensor glu(Tensor input, long dim = -1) => _glu.Call(input, dim);
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => _softmax.Call(input, dim, dtype);
            public static Tensor softmin(Tensor x, long dim)
            {
                using var negative = -x;
                return softmax(negative, dim);
            }

            /// <summary>Over the channels of (N, C, H, W) or (C, H, W).</summary>
            public static Tensor softmax2d(Tensor x) => softmax(x, -3);

            public static Tensor log_softmax(Tensor x, long dim) => _log_softmax.Call(x, dim, Arg.None);

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
