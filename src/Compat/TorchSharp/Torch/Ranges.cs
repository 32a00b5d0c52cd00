namespace TorchSharp;

public static partial class torch
{
    // Ranges, grids and other tensors by a rule.

    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>int64 where all three are integers, the default type otherwise.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var type = dtype ?? (is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type) ? ScalarType.Int64 : defaultType);
        return Asking(requires_grad, Aten.arange_start_step.Call(start, stop, step, type, Arg.None, InitializeDevice(device)));
    }

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Asking(requires_grad, Aten.linspace.Call(start, end, steps, dtype ?? defaultType, Arg.None, InitializeDevice(device)));

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Asking(requires_grad, Aten.logspace.Call(start, end, steps, @base, dtype ?? defaultType, Arg.None, InitializeDevice(device)));

    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(names, requires_grad, Aten.eye_m.Call(rows, columns < 0 ? rows : columns, dtype ?? defaultType, Arg.None, InitializeDevice(device)));

    public static Tensor empty_strided(
        long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(names, requires_grad, Aten.empty_strided.Call(size, strides, dtype ?? defaultType, Arg.None, InitializeDevice(device)));

    public static Tensor tril_indices(
        long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Aten.tril_indices.Call(row, col, offset, dtype, Arg.None, InitializeDevice(device));

    public static Tensor triu_indices(
        long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Aten.triu_indices.Call(row, col, offset, dtype, Arg.None, InitializeDevice(device));

    public static Tensor complex(Tensor real, Tensor imag) => Aten.complex.Call(real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Aten.polar.Call(abs, angle);

    public static Tensor sparse_coo_tensor(
        Tensor indices, Tensor values, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(names, requires_grad, Aten.sparse_coo_tensor_indices_size.Call(
            indices, values, size, dtype ?? values.dtype, Arg.None, InitializeDevice(device)));

    public static Tensor hann_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Asking(requires_grad, Aten.hann_window_periodic.Call(len, periodic, dtype ?? defaultType, Arg.None, InitializeDevice(device)));

    public static Tensor hamming_window(
        long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Asking(requires_grad, Aten.hamming_window_periodic_alpha_beta.Call(
            len, periodic, alpha, beta, dtype ?? defaultType, Arg.None, InitializeDevice(device)));
}
