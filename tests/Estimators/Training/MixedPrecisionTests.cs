using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Tests.Training;

public class MixedPrecisionTests
{
    [Fact]
    public void Choose_Float32_IsFloat32() => Assert.Equal(Precision.Float32, MixedPrecision.Choose(Precision.Float32, CPU));

    [SkippableFact]
    public void Enter_BFloat16_RunsProductsInItAndSumsInFloat32UntilDisposed()
    {
        Skip.If(NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var layer = nn.Linear(4, 4);
        var x = ones(2, 4);
        using (MixedPrecision.Enter(Precision.BFloat16, CPU))
        {
            Assert.Equal(ScalarType.BFloat16, layer.call(x).dtype);
            Assert.Equal(ScalarType.Float32, x.sum().dtype);
            using (MixedPrecision.Enter(Precision.Float32, CPU))
                Assert.Equal(ScalarType.BFloat16, layer.call(x).dtype); // float32 leaves what is outside as it is
        }
        Assert.Equal(ScalarType.Float32, layer.call(x).dtype);
    }

    [SkippableFact]
    public void Enter_Twice_GivesTheOuterBack()
    {
        Skip.If(NativeDoor.WhyClosed is not null, NativeDoor.WhyClosed);
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(4, 4);
        var x = ones(2, 4);
        using (MixedPrecision.Enter(Precision.BFloat16, CPU))
        {
            using (MixedPrecision.Enter(Precision.BFloat16, CPU))
                _ = layer.call(x);
            Assert.Equal(ScalarType.BFloat16, layer.call(x).dtype);
        }
        Assert.Equal(ScalarType.Float32, layer.call(x).dtype);
    }
}
