namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => Drop(Aten.dropout, Aten.dropout_, input, p, training, inplace);

            /// <summary>Drops whole channels of (N, C, L) or (C, L).</summary>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => DropChannels(input, 3, p, training, inplace);

            /// <summary>Drops whole channels of (N, C, H, W) or (C, H, W).</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => Drop(Aten.feature_dropout, Aten.feature_dropout_, input, p, training, inplace);

            /// <summary>Drops whole channels of (N, C, D, H, W) or (C, D, H, W).</summary>
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => DropChannels(input, 5, p, training, inplace);

            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) => Drop(Aten.alpha_dropout, Aten.alpha_dropout_, input, p, training, inplace);

            public static Tensor feature_alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Drop(Aten.feature_alpha_dropout, Aten.feature_alpha_dropout_, input, p, training, inplace);

            private static Tensor Drop(Op op, Op inPlace, Tensor input, double p, bool training, bool inplace) =>
                !(p >= 0 && p <= 1)
                    ? throw new ArgumentException($"A dropout probability is in [0, 1], not {p}.", nameof(p))
                    : Activate(op, inPlace, inplace, input, p, training);

            private static Tensor DropChannels(Tensor input, int batched, double p, bool training, bool inplace)
            {
                if (input.ndim == batched) return Drop(Aten.feature_dropout, Aten.feature_dropout_, input, p, training, inplace);
                using var batch = input.unsqueeze(0);
                using var dropped = Drop(Aten.feature_dropout, Aten.feature_dropout_, batch, p, training, inplace);
                return dropped.squeeze(0);
            }
        }
    }
}
