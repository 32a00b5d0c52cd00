using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Devices by name, and what is not there.</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda", DeviceType.CUDA, -1)]
    [InlineData("cuda:1", DeviceType.CUDA, 1)]
    [InlineData("CUDA:0", DeviceType.CUDA, 0)]
    public void Device_FromText_HasTypeAndIndex(string text, DeviceType type, int index)
    {
        Device device = text;

        Assert.Equal(type, device.type);
        Assert.Equal(index, device.index);
        Assert.Equal(text.ToLowerInvariant(), device.ToString());
    }

    [Fact]
    public void Device_OfUnknownName_IsRefused() => Assert.Throws<ArgumentException>(() => new Device("gpu"));

    [Fact]
    public void InitializeDeviceType_Cpu_IsThere()
    {
        Assert.True(TryInitializeDeviceType(DeviceType.CPU));
        InitializeDeviceType(DeviceType.CPU);
        Assert.Equal(DeviceType.CPU, ones(1).device_type);
    }

    [SkippableFact]
    public void Cuda_WhereThereIsNone_IsRefused()
    {
        Skip.If(cuda.is_available(), "this machine has CUDA");

        Assert.Equal(0, cuda.device_count());
        Assert.False(TryInitializeDeviceType(DeviceType.CUDA));
        Assert.Throws<InvalidOperationException>(() => torch.device("cuda"));
        Assert.Throws<InvalidOperationException>(() => zeros(2, device: new Device(DeviceType.CUDA)));
        Assert.Throws<InvalidOperationException>(() => ones(2).cuda());
    }

    [Fact]
    public void Threads_AreSetAndRead()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);

        Assert.Equal(before, get_num_threads());
    }
}
