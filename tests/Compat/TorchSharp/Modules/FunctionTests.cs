using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Fovea.Tests.Compat.Modules;

/// <summary>torch.nn.functional where layers do not reach, against PyTorch (tests/Reference/torchsharp/functions.py).</summary>
public class FunctionTests
{
    private static readonly ReferenceFile Reference = new("functions");

    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Cases = new()
    {
        ["interpolate_area"] = x => [interpolate(x[0], size: [3, 4], mode: InterpolationMode.Area)],
        ["interpolate_area_scale"] = x => [interpolate(x[0], scale_factor: [0.5, 0.5], mode: InterpolationMode.Area)],
        ["interpolate_nearest_exact"] = x => [interpolate(x[0], scale_factor: [1.7, 1.7], mode: InterpolationMode.NearestExact)],
        ["interpolate_recomputed"] = x => [interpolate(x[0], scale_factor: [1.3, 2.1], mode: InterpolationMode.Bilinear, recompute_scale_factor: true)],
        ["interpolate_scale"] = x => [interpolate(x[0], scale_factor: [1.3, 2.1], mode: InterpolationMode.Bilinear)],
        ["interpolate_antialias"] = x => [interpolate(x[0], size: [3, 2], mode: InterpolationMode.Bilinear, antialias: true)],
        ["interpolate_bicubic_antialias"] = x => [interpolate(x[0], size: [3, 2], mode: InterpolationMode.Bicubic, antialias: true)],
        ["interpolate_nearest1d"] = x => [upsample_nearest1d(x[0], 10, null)],
        ["interpolate_nearest3d"] = x => [upsample_nearest3d(x[0], null, [2.0, 2.0, 2.0])],
        ["grid_sample"] = x => [grid_sample(x[0], x[1], align_corners: false)],
        ["grid_sample_border"] = x => [grid_sample(x[0], x[1], padding_mode: GridSamplePaddingMode.Border, align_corners: true)],
        ["grid_sample_reflection"] = x => [grid_sample(x[0], x[1], padding_mode: GridSamplePaddingMode.Reflection, align_corners: false)],
        ["grid_sample_nearest"] = x => [grid_sample(x[0], x[1], GridSampleMode.Nearest, align_corners: false)],
        ["affine_grid"] = x => [affine_grid(x[0], [2, 3, 4, 5])],
        ["affine_grid_aligned"] = x => [affine_grid(x[0], [2, 3, 4, 5], align_corners: true)],
        ["pad_constant"] = x => [pad(x[0], (1, -1, 2, 0), PaddingModes.Constant, 3.0)],
        ["pad_reflect"] = x => [pad(x[0], [1, 2, 3, 1], PaddingModes.Reflect)],
        ["pad_replicate"] = x => [pad(x[0], [1, 2, 3, 1], PaddingModes.Replicate)],
        ["pad_circular"] = x => [pad(x[0], [1, 2, 3, 1], PaddingModes.Circular)],
        ["pad_all"] = x => [pad(x[0], 1)],
        ["one_hot"] = x => [one_hot(x[0], 6)],
        ["one_hot_open"] = x => [one_hot(x[0])],
        ["normalize"] = x => [normalize(x[0])],
        ["normalize_p1"] = x => [normalize(x[0], p: 1, dim: 0)],
        ["cosine_similarity"] = x => [cosine_similarity(x[0], x[1], dim: 0)],
        ["pairwise_distance"] = x => [pairwise_distance(x[0], x[1])],
        ["softmax_dtype"] = x => [softmax(x[0], 0, ScalarType.Float32)],
        ["max_pool2d_indices"] = x => Both(max_pool2d_with_indices(x[0], [2, 2], [2, 2], [1, 1])),
        ["max_pool1d_indices"] = x => Both(max_pool1d_with_indices(x[0], 3)),
        ["max_pool3d_indices"] = x => Both(max_pool3d_with_indices(x[0], [2, 2, 2])),
        ["adaptive_max_pool2d_indices"] = x => Both(adaptive_max_pool2d_with_indices(x[0], [2, 3])),
        ["max_unpool2d"] = x => [nn.MaxUnpool2d(2).call(x[0], x[1])],
        ["max_unpool1d"] = x => [nn.MaxUnpool1d(2).call(x[0], x[1])],
        ["batch_norm"] = x => [batch_norm(x[0], null!, null!, training: true)],
        ["instance_norm"] = x => [instance_norm(x[0])],
        ["group_norm"] = x => [group_norm(x[0], 3)],
        ["layer_norm"] = x => [layer_norm(x[0], [5])],
        ["linear"] = x => [linear(x[0], x[1], x[2])],
        ["conv1d"] = x => [conv1d(x[0], x[1], stride: 2, padding: 1, dilation: 2)],
        ["conv2d"] = x => [conv2d(x[0], x[1], x[2])],
        ["conv2d_same"] = x => [conv2d_padding(x[0], x[1], padding: Padding.Same)],
        ["conv_transpose2d"] = x => [conv_transpose2d(x[0], x[1], strides: [2, 2])],
        ["unfold"] = x => [unfold(x[0], 2, dilation: 2)],
        ["fold"] = x => [fold(x[0], (4, 5), (2, 2))],
        ["rrelu"] = x => [rrelu(x[0], 0.2, 0.4)],
        ["pixel_shuffle"] = x => [pixel_shuffle(x[0], 2)],
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Fact]
    public void Cases_OfTheReference_AreAllTested() =>
        Assert.Equal(Reference.Cases.Order(StringComparer.Ordinal), Cases.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_HasPyTorchsOutputAndGradients(string name)
    {
        using var scope = NewDisposeScope();
        // float64 in another order of summation; the one case with a float32 result rounds at 6e-8.
        Numbers.SameAsRecorded(Reference, name, Cases[name], name == "softmax_dtype" ? 1e-6 : 1e-12);
    }

    [Fact]
    public void PixelUnshuffle_AfterPixelShuffle_GivesTheInput()
    {
        using var scope = NewDisposeScope();
        var x = randn(2, 8, 3, 5);
        Numbers.Equal(x, pixel_unshuffle(pixel_shuffle(x, 2), 2), "round trip");
    }

    [Fact]
    public void Activation_InPlace_ChangesItsInputAndGivesAnotherObject()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -1f, 2f });
        var y = relu(x, inplace: true);
        Assert.NotSame(x, y);
        Assert.Equal([0f, 2f], x.data<float>().ToArray());
        Assert.Equal([0f, 2f], y.data<float>().ToArray());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    public void Dropout_WithProbabilityOutsideItsRange_Throws(double p)
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        Assert.ThrowsAny<Exception>(() => dropout(x, p));
    }

    [Fact]
    public void Interpolate_WithSizeAndScale_Throws()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 1, 4, 4);
        Assert.ThrowsAny<Exception>(() => interpolate(x, [8, 8], [2.0, 2.0]));
    }

    [Fact]
    public void OneHot_OfFloats_Throws()
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        Assert.Throws<ArgumentException>(() => one_hot(x));
    }

    private static Tensor[] Both((Tensor Output, Tensor Indices) result) => [result.Output, result.Indices];
}
