using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>First values of weights. Each fills its tensor in place, without gradient, and returns it.</summary>
        public static partial class init
        {
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var _ = no_grad();
                return Aten.fill__Scalar.InPlace(tensor, val);
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                if (FirstValues.AreUnwanted)
                    return tensor;
                using var _ = no_grad();
                return Aten.uniform_.InPlace(tensor, low, high, generator);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                if (FirstValues.AreUnwanted)
                    return tensor;
                using var _ = no_grad();
                return Aten.normal_.InPlace(tensor, mean, std, generator);
            }

            /// <summary>The normal distribution between a and b, by the inverse of its distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                using var _ = no_grad();
                Aten.uniform_.InPlace(tensor, 2 * NormalDistribution((a - mean) / std) - 1, 2 * NormalDistribution((b - mean) / std) - 1, generator);
                Aten.erfinv_.InPlace(tensor);
                return tensor.mul_(std * Math.Sqrt(2)).add_(mean).clamp_(a, b);
            }

            /// <summary>He et al. 2015, https://arxiv.org/abs/1502.01852.</summary>
            /// <param name="a">The slope of the leaky ReLU that follows.</param>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierDeviation(tensor, gain));

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            // The distribution function of the normal distribution; .NET has no erf, so LibTorch's in double.
            private static double NormalDistribution(double x)
            {
                using var value = tensor(x / Math.Sqrt(2), ScalarType.Float64, CPU);
                using var erf = value.erf();
                return (1 + erf.item<double>()) / 2;
            }
        }
    }
}
