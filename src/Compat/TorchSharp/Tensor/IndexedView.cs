using Fovea.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// The part of a tensor that an index names: numbers, slices and new dimensions become views, one after the other;
/// what tensors pick from is left to LibTorch's index. The steps in between belong to no dispose scope.
/// </summary>
internal ref struct IndexedView(Tensor source) : IDisposable
{
    private readonly Tensor source = source;
    private nint view = source.Handle;
    private int dimension;
    private List<Tensor?>? pickers;
    private List<Tensor>? owned;

    public void Apply(ReadOnlySpan<TensorIndex> indices)
    {
        var named = 0;
        foreach (var index in indices)
            named += Consumes(index);
        foreach (var index in indices)
        {
            switch (index.kind)
            {
                case TensorIndex.Kind.Single:
                    Select(index.start ?? throw new ArgumentException("An index without a value was given."));
                    break;
                case TensorIndex.Kind.Slice:
                    if (index.start is not null || index.stop is not null || index.step is not null)
                        Become(Aten.slice_Tensor.Raw(Arg.Handle(view), dimension, index.start, index.stop, index.step ?? 1));
                    dimension++;
                    break;
                case TensorIndex.Kind.Ellipsis:
                    dimension += (int)source.ndim - named;
                    break;
                case TensorIndex.Kind.None:
                    Become(Aten.unsqueeze.Raw(Arg.Handle(view), dimension++));
                    break;
                case TensorIndex.Kind.Bool:
                    Become(Aten.unsqueeze.Raw(Arg.Handle(view), dimension));
                    Pick(Own(tensor(index.start != 0).unsqueeze_(0)));
                    break;
                default:
                    Apply(index.tensor ?? throw new ArgumentException("An index without a tensor was given."));
                    break;
            }
        }
    }

    /// <summary>One element of the current dimension, which disappears.</summary>
    public void Select(long index) => Become(Aten.select_int.Raw(Arg.Handle(view), dimension, index));

    public readonly Tensor Read() => pickers is null
        ? Aten.alias.Call(Arg.Handle(view))
        : Aten.index_Tensor.Call(Arg.Handle(view), Arg.Handles(PickerHandles()));

    public readonly void Write(Tensor value, bool accumulate)
    {
        if (pickers is not null)
        {
            Door.TensorFree(Aten.index_put_.Raw(Arg.Handle(view), Arg.Handles(PickerHandles()), value, accumulate));
            return;
        }

        // A value may have more dimensions than its place, if the first ones are of length 1.
        var place = Door.TensorSizes(view);
        var shape = value.shape;
        var surplus = shape.Length - place.Length;
        if (surplus <= 0 || shape.AsSpan(0, surplus).ContainsAnyExcept(1))
        {
            Door.TensorFree(Aten.copy_.Raw(Arg.Handle(view), value));
            return;
        }

        using var fitting = value.view(shape[surplus..]);
        Door.TensorFree(Aten.copy_.Raw(Arg.Handle(view), fitting));
    }

    public readonly void Fill(Scalar value)
    {
        if (pickers is null)
        {
            Door.TensorFree(Aten.fill__Scalar.Raw(Arg.Handle(view), value));
            return;
        }

        using var filling = full(ReadOnlySpan<long>.Empty, value, source.dtype, source.device);
        Write(filling, accumulate: false);
    }

    public void Dispose()
    {
        if (view != source.Handle)
            Door.TensorFree(view);
        view = source.Handle;
        foreach (var tensor in owned ?? [])
            tensor.Dispose();
        GC.KeepAlive(pickers);
        GC.KeepAlive(source);
    }

    // A mask stands for as many dimensions as it has.
    private static int Consumes(in TensorIndex index) => index.kind switch
    {
        TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
        TensorIndex.Kind.Tensor when index.tensor is { } tensor => IsMask(tensor) ? (int)tensor.ndim : 1,
        _ => 0,
    };

    private static bool IsMask(Tensor tensor) => tensor.dtype is ScalarType.Bool or ScalarType.Byte;

    private void Apply(Tensor index)
    {
        if (index.ndim > 0)
        {
            Pick(index);
        }
        else if (IsMask(index))
        {
            Become(Aten.unsqueeze.Raw(Arg.Handle(view), dimension));
            Pick(Own(index.ToBoolean() ? tensor(true).unsqueeze_(0) : tensor(false).unsqueeze_(0)));
        }
        else
        {
            Select(index.ToInt64());
        }
    }

    private void Become(nint next)
    {
        if (view != source.Handle)
            Door.TensorFree(view);
        view = next;
    }

    private void Pick(Tensor tensor)
    {
        pickers ??= [];
        while (pickers.Count < dimension)
            pickers.Add(null);
        pickers.Add(tensor);
        dimension++;
    }

    private Tensor Own(Tensor tensor)
    {
        (owned ??= []).Add(tensor);
        return tensor;
    }

    private readonly nint[] PickerHandles()
    {
        var handles = new nint[pickers!.Count];
        for (var n = 0; n < handles.Length; n++)
            handles[n] = pickers[n] is { } tensor ? tensor.Handle : 0;
        return handles;
    }
}
