namespace TorchSharp;

public static partial class torch
{
    // Questions to a tensor, and copies of it.

    public static bool is_integral(Tensor t) => t.is_integral();
    public static bool is_complex(Tensor input) => input.is_complex();
    public static bool is_floating_point(Tensor input) => input.is_floating_point();
    public static bool is_nonzero(Tensor input) => input.is_nonzero();
    public static long numel(Tensor input) => input.numel();
    public static Tensor clone(Tensor input) => input.clone();
}
