using Fovea.Native;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // the count of live tensors, threads and settings are of the process

namespace Fovea.Tests.Native;

/// <summary>A test through the door: skipped where there is none, and it leaves no tensor behind.</summary>
public abstract unsafe class DoorTest : IDisposable
{
    private readonly List<nint> owned = [];
    private readonly long before;

    protected DoorTest()
    {
        Skip.IfNot(LibTorch.IsAvailable, LibTorch.WhyNotAvailable);
        before = Door.LiveTensors;
    }

    protected static Operator Clone { get; } = LibTorch.IsAvailable ? Operator.Find("aten::clone") : null!;

    public virtual void Dispose()
    {
        owned.ForEach(Door.TensorFree);
        Assert.Equal(before, Door.LiveTensors);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensor at the end of the test.</summary>
    protected nint Own(nint tensor)
    {
        owned.Add(tensor);
        return tensor;
    }

    /// <summary>A float32 tensor with memory of its own.</summary>
    protected nint Tensor(ReadOnlySpan<float> values, params long[] sizes)
    {
        if (sizes.Length == 0)
        {
            sizes = [values.Length];
        }

        fixed (float* first = values)
        {
            var borrowed = Door.TensorFromBlob(first, sizes, default, 6, null, null);
            try
            {
                return Own(Clone.Call([Value.Tensor(borrowed)]));
            }
            finally
            {
                Door.TensorFree(borrowed);
            }
        }
    }

    /// <summary>The elements in row-major order, as float32.</summary>
    protected static float[] Read(nint tensor)
    {
        var to = Operator.Find("aten::to", "dtype");
        var floats = to.Call([Value.Tensor(tensor), Value.Int(6)]);
        var contiguous = Operator.Find("aten::contiguous").Call([Value.Tensor(floats)]);
        var info = Door.TensorDescribe(contiguous);
        var values = new ReadOnlySpan<float>((void*)info.Data, (int)info.Elements).ToArray();
        Door.TensorFree(contiguous);
        Door.TensorFree(floats);
        return values;
    }

    protected static NativeException Fails(NativeStatus status, Action call)
    {
        var e = Assert.Throws<NativeException>(call);
        Assert.Equal(status, e.Status);
        Assert.NotEqual("", e.Message);
        return e;
    }
}
