namespace Fovea.Native;

public static unsafe partial class Door
{
    /// <summary>Tensors that live: made by this interface and not freed. For leak tests.</summary>
    public static long LiveTensors => Exports.fovea_live_tensors();

    /// <summary>Frees a tensor handle; 0 is allowed.</summary>
    public static void TensorFree(nint tensor) => Exports.fovea_tensor_free(tensor);

    /// <summary>Frees the array of a list result (not the tensors in it); 0 is allowed.</summary>
    public static void ListFree(nint array) => Exports.fovea_list_free(array);

    /// <summary>A second owner of the same tensor: same storage, same autograd identity.</summary>
    public static nint TensorAlias(nint tensor)
    {
        nint result;
        Check(Exports.fovea_tensor_alias(tensor, &result));
        return result;
    }

    /// <summary>Wraps CPU memory without a copy.</summary>
    /// <param name="memory">The first element; must stay where it is until <paramref name="release"/> runs.</param>
    /// <param name="sizes">Length of each dimension.</param>
    /// <param name="strides">In elements; empty for a contiguous tensor.</param>
    /// <param name="dtype">LibTorch's number of the element type.</param>
    /// <param name="release">Runs on any thread when the last reference goes; null where the memory outlives the tensor. Does not run where this call throws.</param>
    /// <param name="context">What <paramref name="release"/> gets.</param>
    public static nint TensorFromBlob(void* memory, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, int dtype,
        delegate* unmanaged[Cdecl]<void*, void> release, void* context)
    {
        if (!strides.IsEmpty && strides.Length != sizes.Length)
        {
            throw new ArgumentException($"{strides.Length} strides for {sizes.Length} dimensions", nameof(strides));
        }

        nint result;
        fixed (long* size = sizes)
        fixed (long* stride = strides)
        {
            Check(Exports.fovea_tensor_from_blob(memory, size, stride, sizes.Length, dtype, release, context, &result));
        }

        return result;
    }

    /// <summary>What the tensor is.</summary>
    public static TensorInfo TensorDescribe(nint tensor)
    {
        TensorInfo result;
        Check(Exports.fovea_tensor_describe(tensor, &result));
        return result;
    }

    /// <summary>Writes the length of each dimension; room for all of them is wanted.</summary>
    public static void TensorSizes(nint tensor, Span<long> sizes)
    {
        fixed (long* first = sizes)
        {
            Check(Exports.fovea_tensor_sizes(tensor, first, sizes.Length));
        }
    }

    /// <summary>The length of each dimension.</summary>
    public static long[] TensorSizes(nint tensor)
    {
        var sizes = new long[TensorDescribe(tensor).Dimensions];
        TensorSizes(tensor, sizes);
        return sizes;
    }

    /// <summary>Writes the stride of each dimension, in elements; room for all of them is wanted.</summary>
    public static void TensorStrides(nint tensor, Span<long> strides)
    {
        fixed (long* first = strides)
        {
            Check(Exports.fovea_tensor_strides(tensor, first, strides.Length));
        }
    }

    /// <summary>The stride of each dimension, in elements.</summary>
    public static long[] TensorStrides(nint tensor)
    {
        var strides = new long[TensorDescribe(tensor).Dimensions];
        TensorStrides(tensor, strides);
        return strides;
    }

    /// <summary>Whether the elements lie without gaps in a memory format (LibTorch's number: contiguous 0, channels-last 2).</summary>
    public static bool TensorIsContiguous(nint tensor, int memoryFormat = 0)
    {
        int result;
        Check(Exports.fovea_tensor_is_contiguous(tensor, memoryFormat, &result));
        return result != 0;
    }

    /// <summary>Whether two handles are of one tensor.</summary>
    public static bool TensorIsSame(nint a, nint b)
    {
        int result;
        Check(Exports.fovea_tensor_is_same(a, b, &result));
        return result != 0;
    }

    /// <summary>max(<paramref name="sum"/> + <paramref name="other"/>, 0) into <paramref name="sum"/>, in one pass and without gradient.</summary>
    /// <param name="sum">Dense, on the CPU, float32 or bfloat16.</param>
    /// <param name="other">Of its shape and type.</param>
    public static void AddRelu(nint sum, nint other) => Check(Exports.fovea_add_relu(sum, other));
}
