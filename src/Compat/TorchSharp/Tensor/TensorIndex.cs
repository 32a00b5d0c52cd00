namespace TorchSharp;

public static partial class torch
{
    /// <summary>What an index says about one dimension.</summary>
    public struct TensorIndex
    {
        /// <summary>As many full slices as are missing.</summary>
        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>A new dimension of length 1.</summary>
        public static TensorIndex None = new() { kind = Kind.None };

        public static TensorIndex Null = new() { kind = Kind.None };

        /// <summary>The whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal Kind kind;
        internal long? start;
        internal long? stop;
        internal long? step;
        internal torch.Tensor? tensor;

        internal enum Kind
        {
            None,
            Single,
            Bool,
            Ellipsis,
            Tensor,
            Slice,
        }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            Number(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : Number(range.End));

        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        public static TensorIndex Tensor(torch.Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(Number(index));

        // Keeps an index from being taken for a tensor of indices.
        public static implicit operator torch.Tensor(TensorIndex value) =>
            throw new InvalidOperationException("A TensorIndex is no Tensor.");

        private static long Number(Index index) => index.IsFromEnd ? -(long)index.Value : index.Value;
    }
}
