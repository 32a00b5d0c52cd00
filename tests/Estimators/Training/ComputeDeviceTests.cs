using TorchSharp;

namespace Fovea.Tests.Training;

public class ComputeDeviceTests
{
    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("CPU", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("Cuda:3", "cuda:3")]
    public void Parse_TextOfADevice_ComesBackFromToString(string text, string canonical)
    {
        Assert.Equal(canonical, ComputeDevice.Parse(text).ToString());
        Assert.Equal(ComputeDevice.Parse(text), ComputeDevice.Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:+1")]
    [InlineData("cuda:1.0")]
    [InlineData(" cpu")]
    public void Parse_OtherText_NamesWhatIsPossible(string text)
    {
        var e = Assert.Throws<FormatException>(() => ComputeDevice.Parse(text));
        Assert.Contains($"'{text}'", e.Message);
        Assert.Contains("auto, cpu, cuda and cuda:N", e.Message);
    }

    [Fact]
    public void Cuda_NegativeIndex_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => ComputeDevice.Cuda(-1));

    [Fact]
    public void Default_IsAuto() => Assert.Equal(ComputeDevice.Auto, default);

    [Fact]
    public void Resolve_Cpu_IsTheCpu() => Assert.Equal(DeviceType.CPU, ComputeDevice.Cpu.Resolve().type);

    [Fact]
    public void Resolve_Auto_IsCudaExactlyWhereThereIsOne() =>
        Assert.Equal(torch.cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, ComputeDevice.Auto.Resolve().type);

    [SkippableFact]
    public void Resolve_CudaWhereThereIsNone_SaysSoInsteadOfTakingTheCpu()
    {
        Skip.If(torch.cuda.is_available(), "this machine has a CUDA device");
        var e = Assert.Throws<InvalidOperationException>(() => ComputeDevice.Cuda().Resolve());
        Assert.Contains("cuda:0", e.Message);
        Assert.Contains("no CUDA device", e.Message);
        Assert.Contains("ComputeDevice.Cpu", e.Message);
    }

    [SkippableFact]
    public void Resolve_CudaBeyondTheLast_NamesTheLast()
    {
        Skip.IfNot(torch.cuda.is_available(), "this machine has no CUDA device");
        var count = torch.cuda.device_count();
        var e = Assert.Throws<InvalidOperationException>(() => ComputeDevice.Cuda(count).Resolve());
        Assert.Contains($"cuda:{count - 1}", e.Message);
    }
}
