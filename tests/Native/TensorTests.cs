using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fovea.Native;

namespace Fovea.Tests.Native;

public sealed unsafe class TensorTests : DoorTest
{
    private static int released;

    [SkippableFact]
    public void TensorFromBlob_LastReferenceGone_ReleasesOnce()
    {
        released = 0;
        var memory = NativeMemory.Alloc(16);
        var tensor = Door.TensorFromBlob(memory, [4], default, 6, &Release, memory);
        var second = Door.TensorAlias(tensor);

        Door.TensorFree(tensor);
        Assert.Equal(0, released);
        Door.TensorFree(second);

        Assert.Equal(1, released);
    }

    [SkippableFact]
    public void TensorFromBlob_Refused_DoesNotRelease()
    {
        released = 0;
        var memory = stackalloc float[4];
        var address = (nint)memory;

        Fails(NativeStatus.BadArgument, () => Door.TensorFromBlob((void*)address, [-1], default, 6, &Release, null));
        Fails(NativeStatus.BadArgument, () => Door.TensorFromBlob((void*)address, [2], [-1], 6, &Release, null));
        Fails(NativeStatus.BadArgument, () => Door.TensorFromBlob((void*)address, [4], default, 99, &Release, null));
        Fails(NativeStatus.BadArgument, () => Door.TensorFromBlob(null, [4], default, 6, &Release, null));
        Fails(NativeStatus.BadArgument, () => Door.TensorFromBlob((void*)address, new long[65], default, 6, &Release, null));
        Fails(NativeStatus.TooLarge, () => Door.TensorFromBlob((void*)address, [1L << 40, 1L << 40], default, 6, &Release, null));
        Assert.Throws<ArgumentException>(() => Door.TensorFromBlob((void*)address, [2], [1, 1], 6, &Release, null));

        Assert.Equal(0, released);
    }

    [SkippableFact]
    public void TensorFromBlob_Strides_AreKept()
    {
        var memory = stackalloc float[] { 1, 2, 3, 4, 5, 6 };
        var tensor = Own(Door.TensorFromBlob(memory, [3, 2], [1, 3], 6, null, null));

        Assert.Equal([1, 4, 2, 5, 3, 6], Read(tensor));
        Assert.Equal([1, 3], Door.TensorStrides(tensor));
        Assert.False(Door.TensorDescribe(tensor).IsContiguous);
    }

    [SkippableFact]
    public void TensorFromBlob_WithoutCopy_SharesTheMemory()
    {
        var memory = stackalloc float[] { 1, 2 };
        var tensor = Own(Door.TensorFromBlob(memory, [2], default, 6, null, null));

        memory[1] = 7;

        Assert.Equal([1, 7], Read(tensor));
        Assert.Equal((nint)memory, Door.TensorDescribe(tensor).Data);
    }

    [SkippableFact]
    public void TensorDescribe_Tensor_SaysWhatItIs()
    {
        var info = Door.TensorDescribe(Tensor([1, 2, 3, 4, 5, 6], 2, 3));

        Assert.Equal((6L, 24L, 2, 6), (info.Elements, info.Bytes, info.Dimensions, info.DType));
        Assert.Equal((0, -1), (info.DeviceType, info.DeviceIndex));
        Assert.True(info.IsContiguous && info.IsLeaf && !info.RequiresGrad && !info.IsSparse);
        Assert.NotEqual(0, info.Data);
    }

    [SkippableFact]
    public void TensorDescribe_EmptyAndSparse_HaveNoData()
    {
        var empty = Door.TensorDescribe(Tensor([], 0, 3));
        var sparse = Door.TensorDescribe(Own(Operator.Find("aten::to_sparse").Call([Value.Tensor(Tensor([0, 1]))])));

        Assert.Equal((0L, (nint)0, 2), (empty.Elements, empty.Data, empty.Dimensions));
        Assert.True(sparse.IsSparse);
        Assert.Equal(0, sparse.Data);
    }

    [SkippableFact]
    public void TensorSizes_NoRoom_IsRefused()
    {
        var tensor = Tensor([1, 2, 3, 4], 2, 2);

        Fails(NativeStatus.BadArgument, () => Door.TensorSizes(tensor, new long[1]));
        Fails(NativeStatus.BadArgument, () => Door.TensorStrides(tensor, new long[1]));
        Assert.Equal([2, 2], Door.TensorSizes(tensor));
        Assert.Empty(Door.TensorSizes(Own(Operator.Find("aten::sum").Call([Value.Tensor(tensor)]))));
    }

    [SkippableFact]
    public void TensorIsContiguous_ChannelsLast_IsToldApart()
    {
        var nchw = Tensor(new float[24], 1, 2, 3, 4);
        var nhwc = Own(Operator.Find("aten::contiguous").Call([Value.Tensor(nchw), Value.Int(2)]));

        Assert.True(Door.TensorIsContiguous(nchw));
        Assert.False(Door.TensorIsContiguous(nchw, 2));
        Assert.True(Door.TensorIsContiguous(nhwc, 2));
        Fails(NativeStatus.BadArgument, () => Door.TensorIsContiguous(nchw, 1));
        Fails(NativeStatus.BadArgument, () => Door.TensorIsContiguous(nchw, 9));
    }

    [SkippableFact]
    public void TensorIsSame_AliasAndCopy_AreToldApart()
    {
        var a = Tensor([1]);

        Assert.True(Door.TensorIsSame(a, Own(Door.TensorAlias(a))));
        Assert.False(Door.TensorIsSame(a, Own(Clone.Call([Value.Tensor(a)]))));
    }

    [SkippableFact]
    public void Functions_NullHandle_AreRefused()
    {
        Fails(NativeStatus.BadArgument, () => Door.TensorDescribe(0));
        Fails(NativeStatus.BadArgument, () => Door.TensorAlias(0));
        Fails(NativeStatus.BadArgument, () => Door.TensorSizes(0, new long[4]));
        Fails(NativeStatus.BadArgument, () => Door.TensorStrides(0, new long[4]));
        Fails(NativeStatus.BadArgument, () => Door.TensorIsContiguous(0));
        Fails(NativeStatus.BadArgument, () => Door.TensorIsSame(0, 0));
        Fails(NativeStatus.BadArgument, () => Door.TensorGetGrad(0));
        Fails(NativeStatus.BadArgument, () => Door.TensorSetRequiresGrad(0, true));
        Fails(NativeStatus.BadArgument, () => Door.TensorSave(0, "x"));
        Door.TensorFree(0);
        Door.ListFree(0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(void* context)
    {
        released++;
        NativeMemory.Free(context);
    }
}
