using Fovea.Native;

namespace Fovea.Tests.Native;

/// <summary>
/// The door's own kernels of LibTorch's operators. They work on what lies channels-last (and on float32 matrices), so LibTorch's own are asked the
/// same with the same numbers laid out by rows.
/// </summary>
public sealed unsafe class KernelTests : DoorTest
{
    private const int BFloat16 = 15, ChannelsLast = 2;

    private static readonly Operator? _multiply = Find("aten::mul", "Tensor"), _sum = Find("aten::sum"), _to = Find("aten::to", "dtype"), _contiguous = Find("aten::contiguous");

    private readonly Random _random = new(1);
    private readonly List<long[]> _lists = [];

    [SkippableTheory]
    [InlineData(2, 64, 5, 7, 96, 3, 1, 1, 1)]   // fewer pixels than filters
    [InlineData(3, 80, 6, 6, 64, 3, 2, 1, 1)]   // a stride
    [InlineData(1, 64, 9, 4, 64, 3, 1, 2, 2)]   // a dilation
    [InlineData(2, 64, 4, 4, 70, 5, 1, 2, 1)]   // windows larger than the map
    [InlineData(1, 64, 6, 5, 64, 2, 2, 0, 1)]   // a row and a column that no window sees
    [InlineData(2, 64, 4, 5, 128, 1, 1, 0, 1)]  // windows of a pixel
    [InlineData(2, 64, 8, 7, 128, 1, 2, 0, 1)]  // of every other pixel
    // More pixels than filters: LibTorch's, but for the weight's gradient in bfloat16 where the CPU has products of it.
    [InlineData(2, 64, 20, 20, 64, 3, 2, 1, 1)]
    [InlineData(1, 48, 21, 25, 80, 3, 2, 1, 1)] // an odd number of pixels and of panels of channels and filters
    [InlineData(2, 32, 46, 46, 32, 4, 2, 1, 1)] // more pixels than are multiplied at once
    [InlineData(2, 32, 30, 31, 48, 3, 3, 2, 2)] // a dilation, gaps between windows
    // In bfloat16, where the CPU has products of it, Winograd's:
    [InlineData(2, 64, 12, 13, 48, 3, 1, 1, 1)] // an odd width, an odd number of panels of filters
    [InlineData(3, 48, 14, 12, 64, 3, 1, 0, 1)] // no padding
    [InlineData(1, 32, 19, 17, 80, 3, 1, 2, 1)] // more padding, odd heights and widths
    [InlineData(1, 64, 16, 16, 128, 3, 1, 1, 1)] // fewer tiles than filters, more the other way
    [InlineData(2, 64, 40, 40, 64, 3, 1, 1, 1)] // more tiles than are multiplied at once
    public void Convolution_ChannelsLast_EqualsLibTorchs(int images, int channels, int height, int width, int filters, int kernel, int stride, int padding, int dilation)
    {
        var (x, w, b) = (Numbers(images, channels, height, width), Numbers(filters, channels, kernel, kernel), Numbers(filters));
        Check("aten::conv2d", [x, w, b], [Ints(stride, stride), Ints(padding, padding), Ints(dilation, dilation), Value.Int(1)], x);
    }

    [SkippableFact]
    public void Convolution_UnderAutocast_GivesTheFloat32WeightAFloat32Gradient()
    {
        var (x, w, b) = (Laid(Numbers(2, 32, 16, 18), 6, ChannelsLast), Laid(Numbers(64, 32, 3, 3), 6, ChannelsLast), Numbers(64));
        var (exact, cast) = (Run(false), Run(true));
        for (var i = 0; i < exact.Count; i++)
            Close(exact[i], cast[i], 0.02, $"{i}"); // of sums of up to 600 products of bfloat16, which has 8 bits

        // The result, its gradients, and the gradient of the input's gradient's square.
        List<float[]> Run(bool autocast)
        {
            var leaves = new[] { x, w, b }.Select(t => Own(Clone.Call([Value.Tensor(t)]))).ToArray();
            foreach (var leaf in leaves)
                Door.TensorSetRequiresGrad(leaf, true);
            var before = Door.Autocast(0, autocast, BFloat16);
            try
            {
                var y = Own(Operator.Find("aten::conv2d").Call([.. leaves.Select(Value.Tensor), Ints(1, 1), Ints(1, 1), Ints(1, 1), Value.Int(1)]));
                Assert.Equal(autocast ? BFloat16 : 6, Door.TensorDescribe(y).DType);
                var gradients = Door.Grad([Sum(Product(y, y))], [], leaves, createGraph: true).Select(Own).ToArray();
                Assert.All(gradients, g => Assert.Equal(6, Door.TensorDescribe(g).DType));
                var second = Own(Door.Grad([Sum(Product(gradients[0], gradients[0]))], [], [leaves[1]])[0]);
                return [Read(y), .. gradients.Select(Read), Read(second)];
            }
            finally
            {
                Door.Autocast(0, before.Enabled, before.DType);
            }
        }
    }

    [SkippableTheory]
    [InlineData(2, 16, 8, 10, 2, 2, 0)]
    [InlineData(3, 20, 7, 9, 2, 2, 0)]  // the last row and column are seen by none
    [InlineData(2, 5, 9, 6, 3, 2, 1)]   // windows that overlap
    [InlineData(1, 70, 6, 7, 3, 1, 1)]
    [InlineData(2, 33, 8, 8, 2, 3, 1)]  // gaps between windows
    [InlineData(2, 1, 8, 8, 2, 2, 0)]   // one channel: LibTorch's
    public void MaxPool_ChannelsLast_EqualsLibTorchs(int images, int channels, int height, int width, int kernel, int stride, int padding)
    {
        // Few values, so that several are largest and the first has to win.
        var x = Numbers(images, channels, height, width, values: 9);
        Check("aten::max_pool2d", [x], [Ints(kernel, kernel), Ints(stride, stride), Ints(padding, padding)], x);
    }

    [SkippableFact]
    public void MaxPool_NotANumber_IsTheLargest()
    {
        var x = Tensor([1, float.NaN, 3, 4, 5, 6, 7, 8], 1, 2, 2, 2);
        var y = Own(Operator.Find("aten::max_pool2d").Call([Value.Tensor(Laid(x, 6, ChannelsLast)), Ints(2, 2)]));
        Assert.Equal([float.NaN, 8], Read(y));
    }

    [SkippableFact]
    public void MaxPool_GradientOfTheGradient_EqualsLibTorchs()
    {
        float[] Second(int format)
        {
            var x = Laid(Tensor([.. Enumerable.Range(0, 96).Select(i => (float)(i * 37 % 96) / 7)], 2, 3, 4, 4), 6, format);
            Door.TensorSetRequiresGrad(x, true);
            var y = Own(Operator.Find("aten::max_pool2d").Call([Value.Tensor(x), Ints(2, 2)]));
            var cube = Sum(Product(y, Product(y, y)));
            var first = Own(Door.Grad([cube], [], [x], createGraph: true)[0]);
            return Read(Own(Door.Grad([Sum(Product(first, first))], [], [x])[0]));
        }
        Close(Second(0), Second(ChannelsLast), 1e-6, "second gradient");
    }

    [SkippableTheory]
    [InlineData(70, 90, 80)]
    [InlineData(1, 4096, 100)]
    [InlineData(600, 1, 500)]
    [InlineData(300, 1000, 1)]
    [InlineData(3, 5, 4)] // small: LibTorch's
    public void Product_AnyLayout_EqualsTheSumOfProducts(int rows, int inner, int columns)
    {
        var (a, b, c) = (Values(rows * inner), Values(inner * columns), Values(columns));
        var wanted = new float[rows * columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
                wanted[i * columns + j] = (float)Enumerable.Range(0, inner).Sum(k => (double)a[i * inner + k] * b[k * columns + j]);
        var (left, right, added) = (Tensor(a, rows, inner), Tensor(b, inner, columns), Tensor(c, columns));
        // Of sums of up to 4,096 products: float32 keeps 1e-5 of the largest.
        foreach (var first in new[] { left, ByColumns(left) })
            foreach (var second in new[] { right, ByColumns(right) })
            {
                Close(wanted, Read(Own(Operator.Find("aten::mm").Call([Value.Tensor(first), Value.Tensor(second)]))), 1e-5, "mm");
                Close([.. wanted.Select((w, i) => w * 0.5f + 2 * c[i % columns])],
                    Read(Own(Operator.Find("aten::addmm").Call([Value.Tensor(added), Value.Tensor(first), Value.Tensor(second), Value.Double(2), Value.Double(0.5)]))), 1e-5, "addmm");
            }
    }

    [SkippableTheory]
    [InlineData("aten::add")]
    [InlineData("aten::sub")]
    [InlineData("aten::mul")]
    [InlineData("aten::div")]
    public void Number_WithFewElements_EqualsLibTorchsWithMany(string name)
    {
        var operation = Operator.Find(name, "Scalar");
        var few = Tensor([1, -2.7f, 0, float.NaN, float.PositiveInfinity, 3e38f]);
        // Neither 1e300 nor 2⁵³ + 1 is a float32, and a double is not the latter.
        Value[] numbers = [Value.Double(1.1), Value.Double(1e300), Value.Double(double.NaN), Value.Int(3), Value.Int(0), Value.Int((1L << 53) + 1)];
        foreach (var (type, bytes) in new[] { (6, sizeof(float)), (7, sizeof(double)) })
            foreach (var number in numbers)
            {
                var x = Laid(few, type, 0);
                var many = Own(Operator.Find("aten::repeat").Call([Value.Tensor(x), Ints(1000)])); // more than the door's kernel takes
                var (got, wanted) = (Bits(operation.Call([Value.Tensor(x), number])), Bits(operation.Call([Value.Tensor(many), number])));
                Assert.Equal(wanted[..(6 * bytes)], got);
            }

        byte[] Bits(nint tensor)
        {
            var info = Door.TensorDescribe(Own(tensor));
            return new ReadOnlySpan<byte>((void*)info.Data, (int)info.Bytes).ToArray();
        }
    }

    [SkippableFact]
    public void Number_WithOtherTensors_IsLibTorchs()
    {
        var (add, x) = (Operator.Find("aten::add", "Scalar"), Tensor([1, 2, 3, 4, 5, 6], 2, 3));
        Assert.Equal([4, 5, 6, 7, 8, 9], Read(Own(add.Call([Value.Tensor(x), Value.Double(1.5), Value.Int(2)]))));
        Assert.Equal([2.5f, 5.5f, 3.5f, 6.5f, 4.5f, 7.5f], Read(Own(add.Call([Value.Tensor(ByColumns(Own(Operator.Find("aten::t").Call([Value.Tensor(x)])))), Value.Double(1.5)]))));
        var whole = Own(add.Call([Value.Tensor(Laid(x, 4, 0)), Value.Double(1.5)])); // int64 becomes float32
        Assert.Equal([2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f], Read(whole));
        Assert.Equal(6, Door.TensorDescribe(whole).DType);
        Assert.Empty(Door.TensorSizes(Own(add.Call([Value.Tensor(Sum(x)), Value.Double(1.5)]))));
    }

    [SkippableTheory]
    [InlineData("aten::add", 1)]
    [InlineData("aten::sub", 1)]
    [InlineData("aten::mul", 4)]
    [InlineData("aten::div", 0.25f)]
    public void Number_Gradient_CountedByHand(string name, float gradient)
    {
        var x = Tensor([1, 2, 3]);
        Door.TensorSetRequiresGrad(x, true);
        Door.Backward([Sum(Own(Operator.Find(name, "Scalar").Call([Value.Tensor(x), Value.Int(4)])))]);
        Assert.Equal([gradient, gradient, gradient], Read(Own(Door.TensorGetGrad(x))));
    }

    private static Operator? Find(string name, string overload = "") => LibTorch.IsAvailable ? Operator.Find(name, overload) : null;

    /// <summary>Result and gradients, in float32 and bfloat16, channels-last and by rows.</summary>
    private void Check(string name, nint[] inputs, Value[] rest, nint images)
    {
        foreach (var (type, tolerance) in new[] { (6, 1e-5), (BFloat16, 0.02) }) // of sums of up to 1,600 products; bfloat16 has 8 bits, and LibTorch's rounds elsewhere
        {
            var (wanted, got, again) = (Run(0), Run(ChannelsLast), Run(ChannelsLast));
            Assert.Equal(wanted.Count, got.Count);
            for (var i = 0; i < wanted.Count; i++)
            {
                Close(wanted[i], got[i], tolerance, $"type {type}, {(i == 0 ? "result" : $"gradient {i}")}");
                Assert.Equal(got[i], again[i]); // in whatever order the threads come
            }

            List<float[]> Run(int format)
            {
                var laid = inputs.Select(t => Laid(t, type, Door.TensorSizes(t).Length == 4 ? format : 0)).ToArray();
                foreach (var tensor in laid)
                    Door.TensorSetRequiresGrad(tensor, true);
                var result = Own(Operator.Find(name).Call([.. laid.Select(Value.Tensor), .. rest]));
                if (format == ChannelsLast && Door.TensorSizes(images)[1] > 1)
                    Assert.True(Door.TensorIsContiguous(result, ChannelsLast));
                // Each result counts differently, and by a number that bfloat16 has.
                var weights = Laid(Tensor([.. Enumerable.Range(0, (int)Door.TensorDescribe(result).Elements).Select(i => (i * 7 % 17 - 8) / 8f)], Door.TensorSizes(result)), type, format);
                Door.Backward([Sum(Product(result, weights))]);
                return [Read(result), .. laid.Select(t => Read(Own(Door.TensorGetGrad(t))))];
            }
        }
    }

    // Of the pinned heap, where it stays while LibTorch reads it; kept until the test ends.
    private Value Ints(params long[] values)
    {
        var pinned = GC.AllocateUninitializedArray<long>(values.Length, pinned: true);
        values.CopyTo(pinned, 0);
        _lists.Add(pinned);
        fixed (long* first = pinned)
            return Value.IntList(first, pinned.Length);
    }

    private float[] Values(int count, int values = 1001) => [.. Enumerable.Range(0, count).Select(_ => (_random.Next(values) - values / 2) / (values / 4f))];

    private nint Numbers(params long[] sizes) => Tensor(Values((int)sizes.Aggregate((a, b) => a * b)), sizes);

    private nint Numbers(int images, int channels, int height, int width, int values) => Tensor(Values(images * channels * height * width, values), images, channels, height, width);

    /// <summary>A leaf of its own with the same numbers in a type and memory format.</summary>
    private nint Laid(nint tensor, int type, int format) =>
        Own(Clone.Call([Value.Tensor(Own(_to!.Call([Value.Tensor(tensor), Value.Int(type)]))), Value.Int(format)]));

    private nint ByColumns(nint matrix) => Own(Operator.Find("aten::t").Call([Value.Tensor(Own(_contiguous!.Call([Value.Tensor(Own(Operator.Find("aten::t").Call([Value.Tensor(matrix)])))])))]));

    private nint Product(nint a, nint b) => Own(_multiply!.Call([Value.Tensor(a), Value.Tensor(b)]));

    private nint Sum(nint tensor) => Own(_sum!.Call([Value.Tensor(tensor)]));

    /// <summary>Equal up to a share of the largest wanted.</summary>
    private static void Close(float[] wanted, float[] got, double tolerance, string what)
    {
        Assert.Equal(wanted.Length, got.Length);
        var largest = wanted.Max(Math.Abs);
        for (var i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - got[i]) <= tolerance * largest, $"{what} [{i}]: wanted {wanted[i]}, got {got[i]}");
    }
}
