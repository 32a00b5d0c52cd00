namespace TorchSharp;

public static partial class torch
{
    // Several tensors into one, and several by one rule.

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Join(Aten.cat, tensors, dim);
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Join(Aten.cat, tensors, dim);
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Join(Aten.cat, [.. tensors], dim);
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Join(Aten.stack, [.. tensors], dim);
    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => Join(Aten.hstack, tensors, Arg.Default);
    public static Tensor hstack(params Tensor[] tensors) => Join(Aten.hstack, tensors, Arg.Default);
    public static Tensor hstack(IList<Tensor> tensors) => Join(Aten.hstack, [.. tensors], Arg.Default);
    public static Tensor hstack(IEnumerable<Tensor> tensors) => Join(Aten.hstack, [.. tensors], Arg.Default);
    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => Join(Aten.vstack, tensors, Arg.Default);
    public static Tensor vstack(Tensor[] tensors) => Join(Aten.vstack, tensors, Arg.Default);
    public static Tensor vstack(IList<Tensor> tensors) => Join(Aten.vstack, [.. tensors], Arg.Default);
    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => Join(Aten.dstack, tensors, Arg.Default);
    public static Tensor dstack(params Tensor[] tensors) => Join(Aten.dstack, tensors, Arg.Default);
    public static Tensor dstack(IList<Tensor> tensors) => Join(Aten.dstack, [.. tensors], Arg.Default);
    public static Tensor dstack(IEnumerable<Tensor> tensors) => Join(Aten.dstack, [.. tensors], Arg.Default);
    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => vstack(tensors);
    public static Tensor row_stack(params Tensor[] tensors) => vstack(tensors);
    public static Tensor row_stack(IList<Tensor> tensors) => vstack(tensors);
    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => Join(Aten.column_stack, tensors, Arg.Default);
    public static Tensor column_stack(params Tensor[] tensors) => Join(Aten.column_stack, tensors, Arg.Default);
    public static Tensor column_stack(IList<Tensor> tensors) => Join(Aten.column_stack, [.. tensors], Arg.Default);

    public static Tensor block_diag(params Tensor[] tensors) => Join(Aten.block_diag, tensors, Arg.Default);
    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => Join(Aten.cartesian_prod, tensors, Arg.Default);
    public static Tensor cartesian_prod(params Tensor[] tensors) => Join(Aten.cartesian_prod, tensors, Arg.Default);
    public static Tensor cartesian_prod(IList<Tensor> tensors) => Join(Aten.cartesian_prod, [.. tensors], Arg.Default);
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) =>
        Aten.combinations.Call(input, r, with_replacement);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        var results = Aten.broadcast_tensors.CallList(Arg.Handles(Handles(tensors)));
        GC.KeepAlive(tensors);
        return results;
    }

    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Size broadcast_shapes(params long[][] shapes)
    {
        var result = new long[shapes.Max(shape => shape.Length)];
        Array.Fill(result, 1);
        foreach (var shape in shapes)
        {
            for (var d = 1; d <= shape.Length; d++)
            {
                ref var length = ref result[^d];
                if (length != 1 && shape[^d] != 1 && shape[^d] != length)
                    throw new ArgumentException($"Length {shape[^d]} of a dimension does not go with {length}.");
                if (shape[^d] != 1)
                    length = shape[^d];
            }
        }

        return new Size(result);
    }

    /// <param name="tensors">One vector a dimension.</param>
    /// <param name="indexing">"ij" (first vector along the first dimension) or "xy".</param>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        Tensor[] vectors = [.. tensors];
        var grids = Aten.meshgrid_indexing.CallList(Arg.Handles(Handles(vectors)), indexing);
        GC.KeepAlive(vectors);
        return grids;
    }

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => Array.ConvertAll(input, tensor => tensor.atleast_1d());
    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => Array.ConvertAll(input, tensor => tensor.atleast_2d());
    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => Array.ConvertAll(input, tensor => tensor.atleast_3d());

    internal static nint[] Handles(ReadOnlySpan<Tensor> tensors)
    {
        var handles = new nint[tensors.Length];
        for (var n = 0; n < handles.Length; n++)
            handles[n] = tensors[n].Handle;
        return handles;
    }

    private static Tensor Join(Op op, ReadOnlySpan<Tensor> tensors, in Arg dim)
    {
        var handles = Arg.Handles(Handles(tensors));
        var result = dim.IsDefault ? op.Call(handles) : op.Call(handles, dim);
        foreach (var tensor in tensors)
            GC.KeepAlive(tensor);
        return result;
    }
}
