using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors, looked up by index.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long? _padding;
        private readonly double? _longest;
        private readonly double _norm;
        private readonly bool _scaleByFrequency, _sparse;

        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse) : base(nameof(Embedding))
        {
            var rows = weight.shape[0];
            if (padding_idx < -rows || padding_idx >= rows)
                throw new ArgumentException($"The padding index {padding_idx} is outside a table of {rows} rows.", nameof(padding_idx));
            _padding = padding_idx < 0 ? padding_idx + rows : padding_idx;
            _longest = max_norm;
            _norm = norm_type;
            _scaleByFrequency = scale_grad_by_freq;
            _sparse = sparse;
            this.weight = weight;
        }

        public Parameter? weight
        {
            get => _weight;
            set => Own(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(value)));
        }

        public override Tensor forward(Tensor input)
        {
            if (_longest is { } longest)
            {
                using var _ = no_grad();
                Aten.embedding_renorm_.InPlace(_weight!, input, longest, _norm);
            }
            return Aten.embedding.Call(_weight, input, _padding ?? -1, _scaleByFrequency, _sparse);
        }

        // Drawn before the row of the padding becomes 0, as in PyTorch.
        internal Embedding Drawn()
        {
            nn.init.normal_(_weight!);
            if (_padding is not { } padding) return this;
            using var _ = no_grad();
            using var row = _weight![padding];
            row.zero_();
            return this;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new Embedding(Parameter(empty(num_embeddings, embedding_dims, dtype, device)), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse).Drawn();

            /// <summary>The table is copied, so <paramref name="embeddings"/> stays the caller's.</summary>
            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(Parameter(Copy(embeddings, dtype, device), requires_grad: !freeze), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);

            private static Tensor Copy(Tensor table, ScalarType? dtype, Device? device)
            {
                using var values = table.detach();
                return values.to(dtype ?? table.dtype, device ?? table.device, copy: true);
            }
        }
    }
}
