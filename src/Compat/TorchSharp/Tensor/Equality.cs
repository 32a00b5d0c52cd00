namespace TorchSharp;

public static partial class torch
{
    // Equality of whole tensors.
    public partial class Tensor
    {
        /// <summary>Whether shape and elements are the same.</summary>
        public bool Equals(Tensor target) => target is not null && Aten.equal.CallValue(this, target).Integer != 0;

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            target is not null && Aten.allclose.CallValue(this, target, rtol, atol, equal_nan).Integer != 0;

        /// <summary>The different elements, and where asked the place of each among them and how often it occurs.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) => Wanted(
            dim is { } d
                ? Aten.unique_dim.Call3(this, d, sorted, return_inverse, return_counts)
                : Aten._unique2.Call3(this, sorted, return_inverse, return_counts),
            return_inverse,
            return_counts);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null) => Wanted(
            Aten.unique_consecutive.Call3(this, return_inverse, return_counts, (long?)dim), return_inverse, return_counts);

        private static (Tensor, Tensor?, Tensor?) Wanted((Tensor, Tensor, Tensor) all, bool inverse, bool counts)
        {
            if (!inverse)
                all.Item2.Dispose();
            if (!counts)
                all.Item3.Dispose();
            return (all.Item1, inverse ? all.Item2 : null, counts ? all.Item3 : null);
        }
    }
}
