using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Each group of channels of each image to mean 0 and variance 1, then scaled and shifted by channel.</summary>
    public sealed class GroupNorm : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        [ComponentName(Name = nameof(bias))]
        private Parameter? _bias;

        internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype) : base(nameof(GroupNorm))
        {
            if (num_channels % num_groups != 0)
                throw new ArgumentException($"{num_groups} groups do not divide {num_channels} channels evenly.", nameof(num_groups));
            this.num_groups = num_groups;
            this.eps = eps;
            this.affine = affine;
            if (!affine) return;
            weight = nn.Parameter(ones(num_channels, dtype, device));
            bias = nn.Parameter(zeros(num_channels, dtype, device));
        }

        public long num_groups { get; set; }
        public double eps { get; set; }
        public bool affine { get; set; }

        public Parameter weight
        {
            get => _weight!;
            set => Own(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(value)));
        }

        public Parameter? bias
        {
            get => _bias;
            set => Own(nameof(bias), ref _bias, value);
        }

        public override Tensor forward(Tensor tensor) => nn.functional.group_norm(tensor, num_groups, _weight, _bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GroupNorm GroupNorm(long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
