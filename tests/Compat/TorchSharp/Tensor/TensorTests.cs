using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Types, identity, in-place operations and errors of tensors.</summary>
public sealed class TensorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Number_WithIntegers_PromotesLikePyTorch()
    {
        var integers = arange(3);

        Assert.Equal(ScalarType.Int64, (integers + 1).dtype);
        Assert.Equal(ScalarType.Float32, (integers + 1.5).dtype);
        Assert.Equal(ScalarType.Float32, (integers / 2).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2) * 2.0).dtype);
        Assert.Equal(ScalarType.Bool, (integers > 1).dtype);
        Assert.Equal(ScalarType.Int64, (tensor(true) + tensor(2L)).dtype);
    }

    [Fact]
    public void InPlace_ReturnsTheSameObject()
    {
        var values = ones(3);

        Assert.Same(values, values.add_(1));
        Assert.Same(values, values.relu_());
        Assert.Same(values, values.clamp_(0, 1));
        Assert.Same(values, values.normal_());
        Assert.Same(values, values.copy_(zeros(3)));
        Assert.Equal([0f, 0, 0], values.data<float>().ToArray());
    }

    [Fact]
    public void Scalar_OfEveryNumber_KeepsItsKind()
    {
        Assert.Equal(ScalarType.Int64, ((Scalar)3).Type);
        Assert.Equal(ScalarType.Float64, ((Scalar)3f).Type);
        Assert.Equal(ScalarType.Bool, ((Scalar)true).Type);
        Assert.Equal(3, 3.0.ToScalar().ToInt32());
        Assert.True(1.ToScalar().ToBoolean());
    }

    [Fact]
    public void Fill_WithScalar_ConvertsToTheElementType()
    {
        Assert.Equal(2f, (float)zeros(1).fill_(2));
        Assert.Equal(2, (int)zeros(1, dtype: ScalarType.Int32).fill_(2));
    }

    [Fact]
    public void To_SameTypeAndDevice_SharesTheMemory()
    {
        var values = zeros(2);
        values.to(ScalarType.Float32).fill_(3);
        values.cpu()[1] = 4f;

        Assert.Equal([3f, 4], values.data<float>().ToArray());
    }

    [Fact]
    public void To_WithCopy_DoesNotShare()
    {
        var values = zeros(2);
        values.to(ScalarType.Float32, copy: true).fill_(3);

        Assert.Equal([0f, 0], values.data<float>().ToArray());
    }

    [Fact]
    public void To_WithDisposeAfter_DisposesTheSource()
    {
        var values = zeros(2);
        var converted = values.to(ScalarType.Float64, disposeAfter: true);

        Assert.True(values.IsInvalid);
        Assert.Equal(ScalarType.Float64, converted.dtype);
    }

    [Fact]
    public void Conversions_ByName_GiveTheType()
    {
        var values = ones(1);
        (Tensor, ScalarType)[] converted =
        [
            (values.@bool(), ScalarType.Bool), (values.@byte(), ScalarType.Byte), (values.@char(), ScalarType.Int8),
            (values.@short(), ScalarType.Int16), (values.@int(), ScalarType.Int32), (values.@long(), ScalarType.Int64),
            (values.half(), ScalarType.Float16), (values.bfloat16(), ScalarType.BFloat16), (values.@float(), ScalarType.Float32),
            (values.@double(), ScalarType.Float64), (values.type_as(arange(2)), ScalarType.Int64),
        ];

        Assert.All(converted, pair => Assert.Equal(pair.Item2, pair.Item1.dtype));
    }

    [Fact]
    public void Description_OfTransposedCube_IsConsistent()
    {
        var cube = zeros(2, 3, 4).transpose(0, 2);

        Assert.Equal([4, 3, 2], cube.shape);
        Assert.Equal([1, 4, 12], cube.stride());
        Assert.Equal(3, cube.size(1));
        Assert.Equal(12, cube.stride(-1));
        Assert.Equal(24, cube.numel());
        Assert.Equal(3, cube.ndim);
        Assert.Equal(4, cube.ElementSize);
        Assert.False(cube.is_contiguous());
        Assert.True(cube.contiguous().is_contiguous());
        Assert.Equal(DeviceType.CPU, cube.device_type);
        Assert.False(cube.is_sparse);
    }

    [Fact]
    public void Equals_ComparesShapeAndElements()
    {
        Assert.True(ones(2).Equals(ones(2)));
        Assert.False(ones(2).Equals(ones(3)));
        Assert.False(ones(2).Equals((object)zeros(2)));
        Assert.False(ones(2).Equals("text"));
        Assert.True(ones(2).allclose(ones(2) + 1e-9));
        Assert.False(ones(2).allclose(ones(2) + 1e-3));
    }

    [Fact]
    public void Error_OfLibTorch_IsAnExternalExceptionWithItsMessage()
    {
        var error = Assert.ThrowsAny<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));

        Assert.Contains("cannot be multiplied", error.Message);
    }

    [Fact]
    public void Error_DoesNotSpoilTheNextCall()
    {
        Assert.ThrowsAny<ExternalException>(() => ones(2).reshape(3));

        Assert.Equal(2f, ones(2).sum().item<float>());
    }

    [Fact]
    public void Disposed_IsRefused()
    {
        var values = ones(2);
        values.Dispose();

        Assert.Throws<InvalidOperationException>(() => values + 1);
        Assert.Throws<InvalidOperationException>(() => ones(2) + values);
        Assert.Throws<InvalidOperationException>(() => values.Handle);
        Assert.Throws<InvalidOperationException>(() => values.shape);
    }

    [Fact]
    public void IsNonzero_OfSeveral_IsRefused()
    {
        Assert.True(ones(1).is_nonzero());
        Assert.Throws<InvalidOperationException>(() => ones(2).is_nonzero());
    }

    [Fact]
    public void Alias_HasTheSameMemoryAndItsOwnLife()
    {
        var values = zeros(2);
        var alias = values.alias();
        values.Dispose();
        alias.add_(1);

        Assert.Equal([1f, 1], alias.data<float>().ToArray());
    }

    [Fact]
    public void Factories_WithoutType_UseFloat32AndInt64()
    {
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal(ScalarType.Float32, rand(2).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 1.5).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 1).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(3.0).dtype);
        Assert.Equal(ScalarType.Int64, randint(5, new long[] { 2 }).dtype);
        Assert.Equal(ScalarType.Float32, get_default_dtype());
    }

    [Fact]
    public void Factories_WithRequiresGrad_AreLeavesThatAskForIt()
    {
        Assert.True(zeros(2, requires_grad: true).requires_grad);
        Assert.True(rand(2, requires_grad: true).is_leaf);
        Assert.True(tensor(new[] { 1f }, requires_grad: true).requires_grad);
        Assert.False(ones(2).requires_grad);
    }

    [Fact]
    public void Like_TakesTypeAndShape()
    {
        var model = zeros(2, 3, dtype: ScalarType.Float64);

        Assert.Equal(ScalarType.Float64, ones_like(model).dtype);
        Assert.Equal([2, 3], model.rand_like().shape);
        Assert.Equal(ScalarType.Int32, model.zeros_like(ScalarType.Int32).dtype);
        Assert.Equal([2.5, 2.5], model.new_full(2, 2.5).data<double>().ToArray());
    }

    [Fact]
    public void Finfo_OfFloat32_HasItsLimits()
    {
        Assert.Equal(1.1920928955078125e-07, finfo(ScalarType.Float32).eps);
        Assert.Equal(65504.0, finfo(ScalarType.Float16).max);
        Assert.Equal(3.3895313892515355e+38, finfo(ScalarType.BFloat16).max);
        Assert.Throws<ArgumentException>(() => finfo(ScalarType.Int32));
        Assert.Equal(255, max_int_value(ScalarType.Byte));
    }

    [Fact]
    public void Size_ComparesAndSlices()
    {
        Size size = (2, 3, 4);

        Assert.Equal(24, size.numel());
        Assert.Equal([3, 4], size.Slice(1, 3).Shape);
        Assert.Equal([2, 3, 4, 5], (size + new Size(5)).Shape);
        Assert.Equal(4, size[2]);
        Assert.True(Size.Empty.IsScalar);
    }

    [SkippableFact]
    public void BroadcastShapes_OfUnequal_IsRefused()
    {
        Skip.If(Package.IsUsed, "TorchSharp 0.106.0 refuses shapes with different numbers of dimensions");
        Assert.Equal([4, 3, 2], broadcast_shapes([4, 1, 2], [3, 1]).Shape);
        Assert.Throws<ArgumentException>(() => broadcast_shapes([4], [3]));
    }

    [Fact]
    public void PromoteTypes_LikePyTorch()
    {
        Assert.Equal(ScalarType.Float32, promote_types(ScalarType.Int64, ScalarType.Float32));
        Assert.Equal(ScalarType.Int16, promote_types(ScalarType.Byte, ScalarType.Int8));
        Assert.False(can_cast(ScalarType.Float32, ScalarType.Int32));
        Assert.Equal(ScalarType.Float64, result_type(arange(2), ones(1, dtype: ScalarType.Float64)));
    }
}
