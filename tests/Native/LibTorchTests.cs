using Fovea.Native;

namespace Fovea.Tests.Native;

public sealed class LibTorchTests : DoorTest
{
    [SkippableFact]
    public void Describe_ThisMachine_IsPlausible()
    {
        var d = LibTorch.Describe();

        Assert.True(d.Version >= new Version(1, 13), d.Version.ToString());
        Assert.InRange(d.Cores, 1, Environment.ProcessorCount);
        Assert.InRange(d.Threads, 1, 1024);
        Assert.Contains(d.CpuCapability, (string[])["DEFAULT", "AVX2", "AVX512"]);
        Assert.NotEqual("", d.CpuName);
        Assert.Contains("BLAS", d.Build);
        Assert.Contains(d.Version.ToString(), d.ToString());
        Assert.True(d.CudaBuilt || d.CudaDevices == 0);
    }

    [SkippableFact]
    public void Describe_CpuWithAvx512_RunsItsKernels()
    {
        Skip.IfNot(System.Runtime.Intrinsics.X86.Avx512BW.IsSupported && System.Runtime.Intrinsics.X86.Avx512DQ.VL.IsSupported, "no AVX512");
        Skip.If(Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY") is { Length: > 0 }, "ATEN_CPU_CAPABILITY decides");

        Assert.Equal("AVX512", LibTorch.Describe().CpuCapability);
    }

    [SkippableFact]
    public void Threads_Set_HoldsOnEveryThread()
    {
        var before = LibTorch.Threads;
        using var go = new ManualResetEventSlim();
        using var ready = new ManualResetEventSlim();
        var seen = 0;
        var older = new Thread(() =>
        {
            _ = LibTorch.Threads; // a thread that LibTorch knows already
            ready.Set();
            go.Wait();
            seen = LibTorch.Threads;
        });
        older.Start();
        ready.Wait();

        LibTorch.Threads = before + 1;
        go.Set();
        older.Join();
        var here = LibTorch.Threads;
        LibTorch.Threads = before;

        Assert.Equal(before + 1, here);
        Assert.Equal(before + 1, seen);
        Assert.Equal(before, LibTorch.Threads);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(1025)]
    public void Threads_OutOfRange_IsRefused(int threads) =>
        Assert.Contains(threads.ToString(), Fails(NativeStatus.BadArgument, () => LibTorch.Threads = threads).Message);

    [SkippableFact]
    public void Setting_Turned_IsReadBack()
    {
        foreach (var setting in Enum.GetValues<TorchSetting>())
        {
            var before = Door.GetSetting(setting);
            Assert.Equal(before, Door.SetSetting(setting, !before));
            Assert.Equal(!before, Door.SetSetting(setting, before));
            Assert.Equal(before, Door.GetSetting(setting));
        }

        Fails(NativeStatus.BadArgument, () => Door.GetSetting((TorchSetting)99));
    }

    [SkippableFact]
    public void CudaGetDevice_NoSuchDevice_SaysHowManyThereAre()
    {
        var devices = LibTorch.Describe().CudaDevices;

        Assert.Contains($"sees {devices}", Fails(NativeStatus.NotFound, () => Door.CudaGetDevice(devices)).Message);
        Fails(NativeStatus.NotFound, () => Door.CudaGetDevice(-1));
        Fails(NativeStatus.NotFound, () => Door.CudaSynchronize(devices));
    }

    [SkippableFact]
    public void Cuda_WhereThereIsNone_SaysSo()
    {
        Skip.If(LibTorch.Describe().CudaDevices > 0, "there is a CUDA device");

        Fails(NativeStatus.NotFound, () => Door.CudaSynchronize());
        Fails(NativeStatus.NotFound, () => Door.GeneratorNew(Door.Device(1, 0), 1));
        Door.CudaEmptyCache();
    }

    [SkippableFact]
    public void Cuda_Device_IsDescribed()
    {
        Skip.If(LibTorch.Describe().CudaDevices == 0, "there is no CUDA device");
        var device = Door.CudaGetDevice(0);

        Assert.NotEqual("", device.Name);
        Assert.InRange(device.FreeBytes, 1, device.TotalBytes);
        Assert.InRange(device.ComputeCapability.Major, 3, 99);
        Door.CudaSynchronize(0);
        Door.CudaEmptyCache();
    }

    [SkippableFact]
    public unsafe void Memory_OfFreedTensor_IsKeptForTheNext()
    {
        Skip.IfNot(LibTorch.Describe().KeepsMemory, "FOVEA_KEEP_MEMORY=0");
        LibTorch.TrimMemory();
        Assert.Equal(0, LibTorch.Memory.Kept);
        var before = LibTorch.Memory.InUse;
        var empty = Operator.Find("aten::empty", "memory_format");
        const long Bytes = 40L << 20;
        var count = Bytes / 4;

        var tensor = empty.Call([Value.IntList(&count, 1)]);
        var address = Door.TensorDescribe(tensor).Data;
        Assert.InRange(LibTorch.Memory.InUse - before, Bytes, Bytes * 9 / 8); // sizes are rounded up by at most an eighth
        Door.TensorFree(tensor);
        Assert.InRange(LibTorch.Memory.Kept, Bytes, Bytes * 9 / 8);
        tensor = empty.Call([Value.IntList(&count, 1)]);
        var again = Door.TensorDescribe(tensor).Data;
        Door.TensorFree(tensor);
        LibTorch.TrimMemory();

        Assert.Equal(address, again);
        Assert.Equal((before, 0), (LibTorch.Memory.InUse, LibTorch.Memory.Kept));
    }

    [SkippableFact]
    public unsafe void Memory_ManySizesInTurn_StaysBelowItsBound()
    {
        Skip.IfNot(LibTorch.Describe().KeepsMemory, "FOVEA_KEEP_MEMORY=0");
        LibTorch.TrimMemory();
        var empty = Operator.Find("aten::empty", "memory_format");
        for (var mebibytes = 1; mebibytes <= 100; mebibytes++)
        {
            long count = mebibytes * 262144L;
            Door.TensorFree(empty.Call([Value.IntList(&count, 1)]));
        }

        var memory = LibTorch.Memory;
        Assert.True(memory.InUse + memory.Kept <= (memory.Peak * 3 / 2) + (64L << 20), memory.Kept.ToString());
        LibTorch.TrimMemory();
    }

    [SkippableFact]
    public unsafe void Memory_OfImpossibleTensor_IsRefusedAndNoPeak()
    {
        var before = LibTorch.Memory;
        var count = 1L << 52;
        var shape = Value.IntList(&count, 1);

        var e = Assert.Throws<NativeException>(() => Operator.Find("aten::empty", "memory_format").Call([shape]));

        Assert.Contains(e.Status, (NativeStatus[])[NativeStatus.OutOfMemory, NativeStatus.Error]); // ours or LibTorch's allocator
        Assert.Equal(before, LibTorch.Memory);
    }

    [SkippableFact]
    public void Start_Again_DoesNothing()
    {
        var before = LibTorch.Describe();
        LibTorch.Start();

        Assert.Equal(before, LibTorch.Describe());
        Assert.Null(LibTorch.WhyNotAvailable);
    }
}
