namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>The identity matrix.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.ndim != 2) throw new ArgumentException($"The identity is a matrix; the tensor has {tensor.ndim} dimensions.", nameof(tensor));
                using var _ = no_grad();
                using var identity = eye(tensor.shape[0], tensor.shape[1], tensor.dtype, tensor.device);
                return tensor.copy_(identity);
            }

            /// <summary>A convolution that hands its first channels through.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                if (tensor.ndim is < 3 or > 5) throw new ArgumentException($"A convolution's weight has 3 to 5 dimensions, not {tensor.ndim}.", nameof(tensor));
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                tensor.zero_();
                var shape = tensor.shape;
                for (var channel = 0L; channel < Math.Min(shape[0], shape[1]); channel++)
                {
                    var place = tensor[channel, channel];
                    for (var d = 2; d < shape.Length; d++) place = place[shape[d] / 2];
                    place.fill_(1);
                }
                return tensor;
            }

            /// <summary>Saxe et al. 2013, https://arxiv.org/abs/1312.6120: orthogonal rows or columns, the first dimension against all others.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.ndim < 2) throw new ArgumentException($"Orthogonal rows need 2 dimensions or more, not {tensor.ndim}.", nameof(tensor));
                if (tensor.numel() == 0) return tensor;
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                var rows = tensor.shape[0];
                var columns = tensor.numel() / rows;
                var flat = normal_(empty(rows, columns, tensor.dtype, tensor.device));
                if (rows < columns) flat = flat.t();
                var (q, r) = linalg.qr(flat);
                // QR leaves the signs open; those of R's diagonal make the distribution uniform.
                q = q.mul(r.diagonal().sign());
                if (rows < columns) q = q.t();
                return tensor.copy_(q.contiguous().view_as(tensor)).mul_(gain);
            }

            /// <summary>Normal values, of which in each column the given share is 0.</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                if (tensor.ndim != 2) throw new ArgumentException($"A sparse start is for matrices; the tensor has {tensor.ndim} dimensions.", nameof(tensor));
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                var (rows, columns) = (tensor.shape[0], tensor.shape[1]);
                var zeros = (long)Math.Ceiling(sparsity * rows);
                normal_(tensor, 0, std);
                for (var column = 0L; column < columns; column++)
                {
                    var places = randperm(rows).narrow(0, 0, zeros).to(tensor.device);
                    tensor.select(1, column).index_fill_(0, places, 0);
                }
                return tensor;
            }
        }
    }
}
