using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Drops whole channels of (N, C, D, H, W).</summary>
    public sealed class Dropout3d : ParameterLessModule<Tensor, Tensor>
    {
        internal Dropout3d(double p, bool inplace) : base(nameof(Dropout3d))
        {
            this.p = p;
            this.inplace = inplace;
        }

        public double p { get; set; }
        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.dropout3d(input, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Dropout3d Dropout3d(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
