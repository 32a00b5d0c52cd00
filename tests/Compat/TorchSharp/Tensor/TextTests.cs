using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Tensors as text.</summary>
public sealed class TextTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void ToString_GivesShapeTypeAndDevice()
    {
        Assert.Equal("[2x3], type = Float32, device = cpu", zeros(2, 3).ToString());
        Assert.Equal("[], type = Int64, device = cpu", tensor(1L).metastr());
    }

    [Fact]
    public void Julia_OfScalarVectorAndMatrix_AlignsColumns()
    {
        Assert.Equal("[], type = Float32, device = cpu, value = 1.5", Julia(tensor(1.5f)));
        Assert.Equal("[3], type = Int64, device = cpu\n 0 1 2\n", Julia(arange(3)));
        Assert.Equal("[2x2], type = Float32, device = cpu\n  1 -20\n 30   4\n", Julia(tensor(new float[,] { { 1, -20 }, { 30, 4 } })));
    }

    [Fact]
    public void Julia_OfCube_IsATableEach() =>
        Assert.Equal("[2x1x2], type = Int64, device = cpu\n[0,..,..] =\n 0 1\n\n[1,..,..] =\n 2 3\n", Julia(arange(4).reshape(2, 1, 2)));

    [Fact]
    public void Julia_WiderThanTheLine_IsCut()
    {
        var text = tensor(new long[] { 111, 222, 333 }).str(width: 9, newLine: "\n", style: julia);

        Assert.Equal("[3], type = Int64, device = cpu\n 111 ...\n", text);
    }

    [Fact]
    public void Numpy_OfMatrix_Nests()
    {
        Assert.Equal("[[0, 1]\n [2, 3]]", arange(4).reshape(2, 2).npstr(newLine: "\n"));
        Assert.Equal("[0, 1, 2, ... 7, 8, 9]", arange(10).npstr());
        Assert.Equal("[True, False]", tensor(new[] { true, false }).npstr(cultureInfo: CultureInfo.InvariantCulture));
    }

    [Fact]
    public void CSharp_OfVectorAndMatrix_ReadsAsSource()
    {
        Assert.Equal("[2], type = Float32, device = cpu, value = float [] {1f, 2.5f}", tensor(new[] { 1f, 2.5f }).cstr(cultureInfo: CultureInfo.InvariantCulture));
        Assert.Equal("[2x2], type = Int64, device = cpu, value = \nlong [,] {\n {0L, 1L},\n {2L, 3L}\n}", arange(4).reshape(2, 2).cstr(newLine: "\n"));
    }

    [Fact]
    public void Text_OfHalf_IsThatOfSingle() => Assert.Equal("[0.5]", tensor(new[] { 0.5f }).half().npstr(cultureInfo: CultureInfo.InvariantCulture));

    [SkippableFact]
    public void Text_LeavesNoTensorBehind()
    {
        Skip.If(Package.IsUsed, "TorchSharp leaves the rows and elements it wrote to the scope");
        var values = ones(2, 3);
        var before = scope.DisposablesCount;
        _ = values.str();

        Assert.Equal(before, scope.DisposablesCount);
    }

    private static string Julia(Tensor tensor) => tensor.jlstr(newLine: "\n", cultureInfo: CultureInfo.InvariantCulture);
}
