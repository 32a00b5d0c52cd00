using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Elements in and out.</summary>
public sealed class TensorDataTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Tensor_FromArray_IsACopy()
    {
        var array = new float[] { 1, 2, 3 };
        var copy = tensor(array);
        array[0] = 9;

        Assert.Equal([1f, 2, 3], copy.data<float>().ToArray());
    }

    [Fact]
    public void FromArray_SharesTheMemory()
    {
        var array = new float[,] { { 1, 2 }, { 3, 4 } };
        var shared = from_array(array);
        array[1, 0] = 9;
        shared[0, 0] = 7;

        Assert.Equal([2, 2], shared.shape);
        Assert.Equal([7f, 2, 9, 4], shared.data<float>().ToArray());
        Assert.Equal(7, array[0, 0]);
    }

    [Fact]
    public void FromBuffer_WithOffset_SharesThePart()
    {
        var array = new long[] { 1, 2, 3, 4, 5 };
        var shared = frombuffer(array, ScalarType.Int64, count: 3, offset: 1);
        array[2] = 9;

        Assert.Equal([2L, 9, 4], shared.data<long>().ToArray());
        Assert.Throws<IndexOutOfRangeException>(() => frombuffer(array, ScalarType.Int64, count: 3, offset: 4));
        Assert.Throws<ArgumentException>(() => frombuffer(array, ScalarType.Int64, offset: 5));
    }

    [Fact]
    public void Tensor_OfEveryElementType_KeepsItsValues()
    {
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal([(byte)200], tensor(new byte[] { 200 }).data<byte>().ToArray());
        Assert.Equal([(sbyte)-3], tensor(new sbyte[] { -3 }).data<sbyte>().ToArray());
        Assert.Equal([(short)-300], tensor(new short[] { -300 }).data<short>().ToArray());
        Assert.Equal([70000], tensor(new[] { 70000 }).data<int>().ToArray());
        Assert.Equal([1L << 40], tensor(new[] { 1L << 40 }).data<long>().ToArray());
        Assert.Equal([(Half)0.5], tensor(new[] { (Half)0.5 }).data<Half>().ToArray());
        Assert.Equal([0.1f], tensor(new[] { 0.1f }).data<float>().ToArray());
        Assert.Equal([0.1], tensor(new[] { 0.1 }).data<double>().ToArray());
    }

    [Fact]
    public void Tensor_OfEveryRank_HasTheArraysShape()
    {
        Assert.Equal([], tensor(1.5f).shape);
        Assert.Equal([2], tensor(new float[2]).shape);
        Assert.Equal([2, 3], tensor(new float[2, 3]).shape);
        Assert.Equal([2, 3, 4], tensor(new float[2, 3, 4]).shape);
        Assert.Equal([2, 3, 4, 5], tensor(new float[2, 3, 4, 5]).shape);
        Assert.Equal([2, 3], tensor(new List<float> { 1, 2, 3, 4, 5, 6 }, 2, 3).shape);
        Assert.Equal([3, 2], tensor(new float[6], [3, 2]).shape);
        Assert.Equal([3, 2], tensor(new Memory<float>(new float[6]), [3, 2]).shape);
    }

    [Fact]
    public void Tensor_OfDtype_Converts()
    {
        var converted = tensor(new[] { 1, 2 }, ScalarType.Float64);

        Assert.Equal(ScalarType.Float64, converted.dtype);
        Assert.Equal([1.0, 2], converted.data<double>().ToArray());
    }

    [Fact]
    public void Tensor_ForMoreElementsThanThereAre_Refuses() =>
        Assert.Throws<ArgumentException>(() => tensor(new float[5], [2, 3]));

    [Fact]
    public void Data_OfTransposed_IsInLogicalOrder()
    {
        var transposed = arange(6).reshape(2, 3).t();

        Assert.Equal([0L, 3, 1, 4, 2, 5], transposed.data<long>().ToArray());
        Assert.Equal(4, transposed.data<long>()[1, 1]);
        Assert.Equal(1, transposed.data<long>()[2]);
        Assert.Equal([0L, 3, 1, 4, 2, 5], transposed.data<long>().ToList());
        Assert.Equal(new long[,] { { 0, 3 }, { 1, 4 }, { 2, 5 } }, transposed.data<long>().ToNDArray());
    }

    [Fact]
    public void Data_Written_ChangesTheTensor()
    {
        var grid = zeros(2, 3);
        var rows = grid.t().data<float>();
        rows[2, 1] = 5;
        rows.CopyFrom(new float[] { 7, 8, 9 });
        grid.data<float>().CopyFrom(new float[] { 6 }, tensorIndex: 4);

        Assert.Equal([7f, 9, 0, 8, 6, 5], grid.data<float>().ToArray());
    }

    [Fact]
    public void Data_CopyTo_StopsAtTheShorter()
    {
        var target = new long[4];
        arange(6).data<long>().CopyTo(target, arrayIndex: 1, tensorIndex: 2);

        Assert.Equal([0L, 2, 3, 4], target);
    }

    [Fact]
    public void Data_OfWrongType_Refuses()
    {
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Throws<ArgumentException>(() => ones(1).item<int>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
    }

    [Fact]
    public void Data_OutOfRange_Refuses()
    {
        var data = zeros(2, 3).data<float>();

        Assert.Throws<IndexOutOfRangeException>(() => data[6]);
        Assert.Throws<IndexOutOfRangeException>(() => data[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => zeros(2).ReadCpuSingle(2));
    }

    [SkippableFact]
    public void Data_OfDisposedTensor_IsRefused()
    {
        Skip.If(Package.IsUsed, "TorchSharp reads whatever lies there now");
        var values = ones(2);
        var data = values.data<float>();
        values.Dispose();

        Assert.Throws<ObjectDisposedException>(() => data[0]);
        Assert.Throws<ObjectDisposedException>(() => data.ToArray());
    }

    [Fact]
    public void Data_OfEmpty_HasNoElements()
    {
        var data = zeros(0, 3).data<float>();

        Assert.Equal(0, data.Count);
        Assert.Empty(data);
    }

    [Fact]
    public void Bytes_AreTheMemory()
    {
        var values = tensor(new short[] { 1, 256 });
        Assert.Equal([1, 0, 0, 1], values.bytes.ToArray());
        values.bytes = new byte[] { 2, 0, 3, 0 };

        Assert.Equal([(short)2, (short)3], values.data<short>().ToArray());
        Assert.Throws<ArgumentException>(() => values.bytes = new byte[3]);
        Assert.Throws<InvalidOperationException>(() => arange(6).reshape(2, 3).t().bytes.Length);
    }

    [Fact]
    public void Conversions_ToNumbers_TakeTheOneElement()
    {
        Assert.Equal(2.5f, (float)tensor(2.5));
        Assert.Equal(3, (int)tensor(3));
        Assert.True((bool)tensor(true));
        Assert.Equal(7L, tensor((byte)7).ToInt64());
        Assert.Equal(1.5, full(1, 1, 1.5).ToDouble());
        Assert.Equal(2.5, tensor(2.5f).ToScalar().ToDouble());
    }

    [Fact]
    public void ImplicitConversion_OfNumbers_HasTheirType()
    {
        Tensor number = 2, text = 2.5f;
        Tensor list = new[] { 1L, 2 };

        Assert.Equal(ScalarType.Int32, number.dtype);
        Assert.Equal(ScalarType.Float32, text.dtype);
        Assert.Equal(ScalarType.Int64, list.dtype);
    }

    [Fact]
    public void HalfAndBFloat16_AreReadAsSingle()
    {
        Assert.Equal(1.5f, tensor(1.5f).half().reshape(1).ReadCpuFloat16(0));
        Assert.Equal(1.5f, tensor(1.5f).bfloat16().reshape(1).ReadCpuBFloat16(0));
    }

    [Fact]
    public void Tolist_OfMatrix_IsNested()
    {
        var rows = (System.Collections.ArrayList)arange(4).reshape(2, 2).tolist();

        Assert.Equal(2, rows.Count);
        Assert.Equal(3, ((Scalar)((System.Collections.ArrayList)rows[1]!)[1]!).ToInt64());
    }
}
