using Fovea.Native;

namespace Fovea.Tests.Native;

public sealed unsafe class PredictionTests : DoorTest
{
    private const int Float32 = 6, BFloat16 = 15;

    /// <summary>N, C, H, W, O, kernel, stride, padding, dilation, groups, bias, ReLU.</summary>
    public static TheoryData<int[], bool, bool> Convolutions => new()
    {
        { [2, 8, 13, 17, 12, 3, 1, 1, 1, 1], false, false }, { [1, 3, 20, 21, 16, 7, 2, 3, 1, 1], true, true }, { [2, 8, 9, 9, 8, 3, 1, 2, 2, 1], true, false },
        { [2, 1, 16, 16, 8, 3, 1, 1, 1, 1], true, true }, { [3, 32, 1, 1, 8, 1, 1, 0, 1, 1], true, true }, { [1, 8, 7, 7, 8, 3, 1, 1, 1, 4], false, true },
    };

    [SkippableTheory]
    [MemberData(nameof(Convolutions))]
    public void Run_Float32_AgreesWithLibTorch(int[] n, bool bias, bool relu)
    {
        var (images, weight, added) = Inputs(n, bias);
        using var packed = Pack(n, weight, added, relu);

        var got = Own(packed.Run(images));

        var wanted = Convolve(n, images, weight, added, relu);
        Assert.Equal(Door.TensorSizes(wanted), Door.TensorSizes(got));
        Assert.True(Door.TensorIsContiguous(got, memoryFormat: 2));
        Close(Read(wanted), Read(got), 2e-5f); // sums of up to 147 products below 1, each rounded to 6e-8
    }

    [SkippableFact]
    public void Run_BFloat16_IsNearFloat32()
    {
        Skip.IfNot((LibTorch.Describe().BFloat16 & (BFloat16Hardware.Avx512 | BFloat16Hardware.Amx)) != 0, "oneDNN has bfloat16 on CPUs with AVX512 only");
        int[] n = [2, 8, 13, 17, 12, 3, 1, 1, 1, 1];
        var (images, weight, bias) = Inputs(n, bias: true);
        using var packed = Pack(n, Cast(weight, BFloat16), bias, relu: true);

        var got = Own(packed.Run(images));

        Assert.Equal(BFloat16, Door.TensorDescribe(got).DType);
        Close(Read(Convolve(n, images, weight, bias, relu: true)), Read(got), 0.05f); // 72 products of numbers with eight bits, and a sum below 8 with eight bits
    }

    [SkippableFact]
    public void Run_ImagesOfAnotherSize_AgreesWithLibTorch()
    {
        int[] n = [2, 8, 13, 17, 12, 3, 1, 1, 1, 1];
        var (_, weight, bias) = Inputs(n, bias: true);
        using var packed = Pack(n, weight, bias, relu: false);
        int[] other = [1, 8, 30, 9, 12, 3, 1, 1, 1, 1];
        var (images, _, _) = Inputs(other, bias: true);

        Close(Read(Convolve(other, images, weight, bias, relu: false)), Read(Own(packed.Run(images))), 2e-5f); // as above
    }

    [SkippableFact]
    public void Of_WhatDoesNotFit_IsRefused()
    {
        int[] n = [2, 8, 13, 17, 12, 3, 1, 1, 1, 1];
        var (images, weight, _) = Inputs(n, bias: false);
        var vector = Tensor([1, 2, 3]);
        Fails(NativeStatus.BadArgument, () => PackedConvolution.Of(vector, 0, [1, 1], [1, 1], [1, 1], 1, [2, 8, 13, 17], relu: false));
        Fails(NativeStatus.BadArgument, () => PackedConvolution.Of(0, 0, [1, 1], [1, 1], [1, 1], 1, [2, 8, 13, 17], relu: false));
        Assert.Throws<ArgumentException>(() => PackedConvolution.Of(weight, 0, [1], [1, 1], [1, 1], 1, [2, 8, 13, 17], relu: false));
        Assert.Throws<ArgumentException>(() => PackedConvolution.Of(weight, 0, [1, 1], [1, 1], [1, 1], 1, [2, 8], relu: false));
        var packed = Pack(n, weight, 0, relu: false);
        Fails(NativeStatus.BadArgument, () => packed.Run(vector));
        packed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => packed.Run(images));
    }

    [SkippableTheory]
    [InlineData(Float32, 7)]
    [InlineData(Float32, 100_003)]
    [InlineData(BFloat16, 7)]
    [InlineData(BFloat16, 100_003)]
    public void AddRelu_AnyLength_IsAddAndReluOfLibTorch(int type, int length)
    {
        var random = new Random(3);
        var a = Cast(Tensor([float.NaN, .. Numbers(random, length - 1)]), type);
        var b = Cast(Tensor(Numbers(random, length)), type);
        var sum = Own(Operator.Find("aten::add", "Tensor").Call([Value.Tensor(a), Value.Tensor(b)]));
        var wanted = Read(Own(Operator.Find("aten::relu").Call([Value.Tensor(sum)])));

        Door.AddRelu(a, b);

        Assert.Equal(wanted, Read(a));
    }

    [SkippableFact]
    public void AddRelu_OtherLayout_MeetsElementByElement()
    {
        var a = Tensor([1, -2, 3, -4, 5, -6], 1, 2, 1, 3);
        var order = stackalloc long[] { 0, 3, 1, 2 };
        var b = Own(Operator.Find("aten::permute").Call([Value.Tensor(Tensor([10, 20, 30, -40, -50, -60], 1, 1, 3, 2)), Value.IntList(order, 4)]));

        Door.AddRelu(a, b);

        Assert.Equal([11, 28, 0, 16, 0, 0], Read(a)); // b is 10 30 -50, 20 -40 -60
    }

    [SkippableFact]
    public void AddRelu_WhatDoesNotFit_IsRefused()
    {
        var a = Tensor([1, 2]);
        Fails(NativeStatus.BadArgument, () => Door.AddRelu(a, Tensor([1, 2, 3])));
        Fails(NativeStatus.BadArgument, () => Door.AddRelu(a, Cast(Tensor([1, 2]), BFloat16)));
        Fails(NativeStatus.BadArgument, () => Door.AddRelu(a, 0));
    }

    private (nint Images, nint Weight, nint Bias) Inputs(int[] n, bool bias)
    {
        var random = new Random(1);
        return (Tensor(Numbers(random, n[0] * n[1] * n[2] * n[3]), n[0], n[1], n[2], n[3]), Tensor(Numbers(random, n[4] * n[1] / n[9] * n[5] * n[5]), n[4], n[1] / n[9], n[5], n[5]),
            bias ? Tensor(Numbers(random, n[4])) : 0);
    }

    private static PackedConvolution Pack(int[] n, nint weight, nint bias, bool relu) =>
        PackedConvolution.Of(weight, bias, [n[6], n[6]], [n[7], n[7]], [n[8], n[8]], n[9], [n[0], n[1], n[2], n[3]], relu);

    private nint Convolve(int[] n, nint images, nint weight, nint bias, bool relu)
    {
        var y = Own(Operator.Find("aten::conv2d").Call([Value.Tensor(images), Value.Tensor(weight), bias == 0 ? Value.None : Value.Tensor(bias),
            Value.Int(n[6]), Value.Int(n[7]), Value.Int(n[8]), Value.Int(n[9])]));
        return relu ? Own(Operator.Find("aten::relu").Call([Value.Tensor(y)])) : y;
    }

    private nint Cast(nint tensor, int type) => Own(Operator.Find("aten::to", "dtype").Call([Value.Tensor(tensor), Value.Int(type)]));

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];

    private static void Close(float[] wanted, float[] got, float tolerance)
    {
        Assert.Equal(wanted.Length, got.Length);
        for (var i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], got[i], tolerance);
    }
}
