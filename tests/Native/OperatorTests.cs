using Fovea.Native;

namespace Fovea.Tests.Native;

public sealed unsafe class OperatorTests : DoorTest
{
    [SkippableFact]
    public void Find_KnownName_GivesItsSchema()
    {
        var add = Operator.Find("aten::add", "Tensor");

        Assert.Equal("aten::add.Tensor", add.Name);
        Assert.Equal("aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", add.Schema);
        Assert.Equal(add.Schema, add.ToString());
    }

    [SkippableFact]
    public void Find_UnknownOverload_NamesThoseThereAre()
    {
        var e = Fails(NativeStatus.NotFound, () => Operator.Find("aten::add", "Nothing"));

        Assert.Contains("Scalar", e.Message);
        Assert.Contains("Tensor", e.Message);
    }

    [SkippableFact]
    public void Find_UnknownName_NamesIt() =>
        Assert.Contains("aten::no_such_thing", Fails(NativeStatus.NotFound, () => Operator.Find("aten::no_such_thing")).Message);

    [SkippableFact]
    public void FindOrNull_UnknownName_IsNull()
    {
        Assert.Null(Operator.FindOrNull("aten::no_such_thing"));
        Assert.NotNull(Operator.FindOrNull("aten::relu"));
    }

    [SkippableFact]
    public void Call_MissingTrailingArguments_TakeTheirDefaults()
    {
        var a = Tensor([1, 2]);
        var b = Tensor([10, 20]);
        var add = Operator.Find("aten::add", "Tensor");

        Assert.Equal([11, 22], Read(Own(add.Call([Value.Tensor(a), Value.Tensor(b)]))));
        Assert.Equal([11, 22], Read(Own(add.Call([Value.Tensor(a), Value.Tensor(b), Value.Default]))));
        Assert.Equal([6, 12], Read(Own(add.Call([Value.Tensor(a), Value.Tensor(b), Value.Double(0.5)]))));
    }

    [SkippableFact]
    public void Call_ScalarArgument_TakesIntDoubleAndBool()
    {
        var a = Tensor([1, 2]);
        var multiply = Operator.Find("aten::mul", "Scalar");

        Assert.Equal([3, 6], Read(Own(multiply.Call([Value.Tensor(a), Value.Int(3)]))));
        Assert.Equal([0.5f, 1], Read(Own(multiply.Call([Value.Tensor(a), Value.Double(0.5)]))));
        Assert.Equal([0, 0], Read(Own(multiply.Call([Value.Tensor(a), Value.Bool(false)]))));
    }

    [SkippableFact]
    public void Call_NumbersOfAnotherKind_AreConvertedWhereNothingIsLost()
    {
        var a = Tensor([1, 2, 3, 4], 2, 2);
        var eluWithInt = Operator.Find("aten::leaky_relu").Call([Value.Tensor(a), Value.Int(1)]);
        var softmax = Own(Operator.Find("aten::softmax", "int").Call([Value.Tensor(a), Value.Double(1)]));

        Assert.Equal([1, 2, 3, 4], Read(Own(eluWithInt)));
        Assert.Equal(2, Read(softmax).Sum(), 1e-6f); // two rows that add up to 1, but for the last bits of four numbers
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::softmax", "int").Call([Value.Tensor(a), Value.Double(0.5)]));
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::std").Call([Value.Tensor(a), Value.Int(2)]));
        Assert.Equal(1.2909944f, Read(Own(Operator.Find("aten::std").Call([Value.Tensor(a), Value.Int(1)])))[0], 1e-6f); // the square root of 5/3, to float32
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::dropout").Call([Value.Tensor(a), Value.Int((1L << 53) + 1), Value.Bool(false)]));
    }

    [SkippableFact]
    public void Call_OneNumberForAList_IsRepeated()
    {
        var image = Tensor([1, 2, 3, 4], 1, 1, 2, 2);

        var pooled = Own(Operator.Find("aten::max_pool2d").Call([Value.Tensor(image), Value.Int(2)]));

        Assert.Equal([4], Read(pooled));
    }

    [SkippableFact]
    public void Call_IntListArgument_IsTaken()
    {
        var a = Tensor([1, 2, 3, 4, 5, 6]);
        long* shape = stackalloc long[] { 2, 3 };

        var reshaped = Own(Operator.Find("aten::view").Call([Value.Tensor(a), Value.IntList(shape, 2)]));

        Assert.Equal([2, 3], Door.TensorSizes(reshaped));
    }

    [SkippableFact]
    public void Call_DoubleListArgument_IsTaken()
    {
        var image = Tensor([1, 2, 3, 4], 1, 1, 2, 2);
        var upsample = Operator.Find("aten::upsample_nearest2d", "vec");
        double* scales = stackalloc double[] { 2, 1 };
        long* whole = stackalloc long[] { 2, 1 };

        var byDoubles = Own(upsample.Call([Value.Tensor(image), Value.None, Value.DoubleList(scales, 2)]));
        var byInts = Own(upsample.Call([Value.Tensor(image), Value.None, Value.IntList(whole, 2)]));

        Assert.Equal([1, 2, 1, 2, 3, 4, 3, 4], Read(byDoubles));
        Assert.Equal(Read(byDoubles), Read(byInts));
    }

    [SkippableFact]
    public void Call_BoolListArgument_ChoosesResults()
    {
        var input = Tensor([1, 2, 3, 4], 1, 1, 2, 2);
        var weight = Tensor([1], 1, 1, 1, 1);
        long* one = stackalloc long[] { 1, 1 };
        long* zero = stackalloc long[] { 0, 0 };
        byte* mask = stackalloc byte[] { 0, 1, 0 };
        Value[] arguments =
        [
            Value.Tensor(input), Value.Tensor(input), Value.Tensor(weight), Value.None, Value.IntList(one, 2), Value.IntList(zero, 2),
            Value.IntList(one, 2), Value.Bool(false), Value.IntList(zero, 2), Value.Int(1), Value.BoolList(mask, 3),
        ];
        var results = new Value[3];

        Operator.Find("aten::convolution_backward").Call(arguments, results, out var count);

        Assert.Equal(3, count);
        Assert.Equal(0, results[0].Pointer);
        Assert.Equal([30], Read(Own(results[1].Pointer))); // the sum of squares
        Assert.Equal(0, results[2].Pointer);
    }

    [SkippableFact]
    public void Call_TensorListArgument_IsTaken()
    {
        nint* parts = stackalloc nint[] { Tensor([1, 2]), Tensor([3]) };

        Assert.Equal([1, 2, 3], Read(Own(Operator.Find("aten::cat").Call([Value.TensorList(parts, 2)]))));
        parts[1] = 0;
        var list = Value.TensorList(parts, 2);
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::cat").Call([list]));
    }

    [SkippableFact]
    public void Call_OptionalTensorListArgument_TakesNone()
    {
        var a = Tensor([1, 2, 3, 4, 5, 6], 2, 3);
        var columns = Own(Operator.Find("aten::to", "dtype").Call([Value.Tensor(Tensor([2, 0])), Value.Int(4)]));
        nint* indices = stackalloc nint[] { 0, columns };

        var picked = Own(Operator.Find("aten::index", "Tensor").Call([Value.Tensor(a), Value.TensorList(indices, 2)]));

        Assert.Equal([3, 1, 6, 4], Read(picked));
    }

    [SkippableFact]
    public void Call_StringArgument_IsTaken()
    {
        var a = Tensor([-1, 0, 1]);
        var name = "tanh"u8;
        fixed (byte* text = name)
        {
            var gelu = Own(Operator.Find("aten::gelu").Call([Value.Tensor(a), Value.String(text, name.Length)]));
            Assert.Equal(0.841192f, Read(gelu)[2], 1e-6f); // tanh form of GELU at 1, from its formula
        }
    }

    [SkippableFact]
    public void Call_DTypeAndDeviceArguments_AreTaken()
    {
        long* shape = stackalloc long[] { 3 };

        var zeros = Own(Operator.Find("aten::zeros").Call([Value.IntList(shape, 1), Value.Int(7), Value.None, Value.Device(0, -1)]));

        Assert.Equal(7, Door.TensorDescribe(zeros).DType);
        Assert.Equal(0, Door.TensorDescribe(zeros).DeviceType);
        var wrong = Value.IntList(shape, 1);
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::zeros").Call([wrong, Value.Int(7), Value.None, Value.Device(200, 0)]));
    }

    [SkippableFact]
    public void Call_ScalarListArgument_IsTaken()
    {
        nint* tensors = stackalloc nint[] { Tensor([1]), Tensor([2]) };
        double* factors = stackalloc double[] { 10, 100 };
        Span<Value> results = stackalloc Value[1];

        Operator.Find("aten::_foreach_mul", "ScalarList").Call([Value.TensorList(tensors, 2), Value.DoubleList(factors, 2)], results, out _);

        var products = new ReadOnlySpan<nint>((void*)results[0].Pointer, results[0].Length);
        Assert.Equal([10], Read(products[0]));
        Assert.Equal([200], Read(products[1]));
        Door.Release(results[0]);
    }

    [SkippableFact]
    public void Call_SeveralResults_AreAllGiven()
    {
        var a = Tensor([1, 5, 3, 4], 2, 2);
        Span<Value> results = stackalloc Value[2];

        Operator.Find("aten::max", "dim").Call([Value.Tensor(a), Value.Int(1)], results, out var count);

        Assert.Equal(2, count);
        Assert.Equal([5, 4], Read(Own(results[0].Pointer)));
        Assert.Equal([1, 1], Read(Own(results[1].Pointer)));
    }

    [SkippableFact]
    public void Call_ListResult_IsAnArrayOfTensors()
    {
        var a = Tensor([1, 2, 3]);
        Span<Value> results = stackalloc Value[1];

        Operator.Find("aten::unbind", "int").Call([Value.Tensor(a)], results, out _);

        Assert.Equal(ValueTag.TensorList, results[0].Tag);
        Assert.Equal(3, results[0].Length);
        Assert.Equal([2], Read(((nint*)results[0].Pointer)[1]));
        Door.Release(results[0]);
    }

    [SkippableFact]
    public void Call_NumberResults_AreGivenAsNumbers()
    {
        var a = Tensor([1.5f]);
        Span<Value> results = stackalloc Value[1];

        Operator.Find("aten::_local_scalar_dense").Call([Value.Tensor(a)], results, out _);
        Assert.Equal((ValueTag.Double, 1.5), (results[0].Tag, results[0].Real));

        Operator.Find("aten::equal").Call([Value.Tensor(a), Value.Tensor(a)], results, out _);
        Assert.Equal((ValueTag.Bool, 1L), (results[0].Tag, results[0].Integer));
    }

    [SkippableFact]
    public void Call_OperatorWithoutResults_GivesNone()
    {
        Operator.Find("aten::_assert_async").Call([Value.Tensor(Tensor([1]))], default, out var count);

        Assert.Equal(0, count);
    }

    [SkippableFact]
    public void CallForOneTensor_OperatorOfANumber_ThrowsAndLeaksNothing()
    {
        var a = Tensor([1]);

        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::equal").Call([Value.Tensor(a), Value.Tensor(a)]));
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::unbind", "int").Call([Value.Tensor(a)]));
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::max", "dim").Call([Value.Tensor(a), Value.Int(0)])); // two results, room for one
    }

    [SkippableFact]
    public void Call_NewMemory_IsToldInKibibytes()
    {
        var a = Tensor(new float[1025]);

        Own(Operator.Find("aten::relu").Call([Value.Tensor(a)], out var fresh));
        Own(Operator.Find("aten::detach").Call([Value.Tensor(a)], out var view));
        Own(Operator.Find("aten::relu_").Call([Value.Tensor(a)], out var inPlace));

        Assert.Equal(5, fresh); // 4100 bytes, rounded up (the allocator may not add to it)
        Assert.Equal(0, view);
        Assert.Equal(0, inPlace);
    }

    [SkippableFact]
    public void Call_TooManyArguments_NamesTheSchema()
    {
        var a = Value.Tensor(Tensor([1]));

        Assert.Contains("aten::relu", Fails(NativeStatus.BadArgument, () => Operator.Find("aten::relu").Call([a, a])).Message);
    }

    [SkippableFact]
    public void Call_MissingArgument_IsNamed() =>
        Assert.Contains("'self'", Fails(NativeStatus.BadArgument, () => Operator.Find("aten::relu").Call([])).Message);

    [SkippableTheory]
    [InlineData(ValueTag.Default, "'other' has no default")]
    [InlineData(ValueTag.None, "'other' cannot be none")]
    [InlineData(ValueTag.Int, "'other' cannot be an int")]
    [InlineData(ValueTag.IntList, "'other' cannot be int[]")]
    [InlineData((ValueTag)99, "'other' cannot be an unknown tag")]
    public void Call_ArgumentOfTheWrongKind_IsNamed(ValueTag tag, string message)
    {
        var a = Value.Tensor(Tensor([1]));
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, (int)tag);
        var wrong = System.Runtime.InteropServices.MemoryMarshal.Read<Value>(bytes);

        var e = Fails(NativeStatus.BadArgument, () => Operator.Find("aten::add", "Tensor").Call([a, wrong]));

        Assert.Contains(message, e.Message);
    }

    [SkippableFact]
    public void Call_NullTensor_IsNoneOrRefused()
    {
        var a = Value.Tensor(Tensor([1, 2]));

        var clamped = Own(Operator.Find("aten::clamp", "Tensor").Call([a, Value.Tensor(Tensor([2, 0])), Value.Tensor(0)]));
        Assert.Equal([2, 2], Read(clamped));
        Fails(NativeStatus.BadArgument, () => Operator.Find("aten::relu").Call([Value.Tensor(0)]));
    }

    [SkippableFact]
    public void Call_ThatLibTorchRefuses_GivesItsMessageWithoutATrace()
    {
        var a = Value.Tensor(Tensor([1, 2]));
        var b = Value.Tensor(Tensor([1, 2, 3]));

        var e = Fails(NativeStatus.Error, () => Operator.Find("aten::add", "Tensor").Call([a, b]));

        Assert.Contains("must match the size of tensor b", e.Message);
        Assert.DoesNotContain("Exception raised from", e.Message);
    }

    [SkippableFact]
    public void Call_FromManyThreads_GivesEachItsOwnResultAndError()
    {
        var a = Value.Tensor(Tensor([1, 2]));
        var wrong = Value.Tensor(Tensor([1, 2, 3]));
        var add = Operator.Find("aten::add", "Tensor");

        Parallel.For(0, 64, i =>
        {
            var sum = add.Call([a, a, Value.Int(i)]);
            Assert.Equal([1 + i, 2 + (2 * i)], Read(sum));
            Door.TensorFree(sum);
            Assert.Contains("(3)", Assert.Throws<NativeException>(() => add.Call([a, wrong])).Message);
        });
    }

    [SkippableFact]
    public void Find_NameWithAZero_IsRefused() => Fails(NativeStatus.BadArgument, () => Operator.Find("aten::add\0x"));

    [SkippableFact]
    public void NativeException_LongMessage_IsWhole()
    {
        var name = "aten::" + new string('x', 5000) + "ä";

        Assert.EndsWith("xxä", Fails(NativeStatus.NotFound, () => Operator.Find(name)).Message);
    }
}
