using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>Handles are freed: by Dispose, by the scope, and by the finalizer where nobody did.</summary>
public sealed class LifetimeTests
{
    private const string KnowsNoSizes = "TorchSharp leaves it to the garbage collector, which does not know how large a tensor is";

    [Fact]
    public void Tensor_WithoutDispose_IsFreedByItsFinalizer()
    {
        CollectGarbage();
        var before = Tensor.TotalCount;
        Leave(100);
        Assert.True(Tensor.TotalCount >= before + 100);
        CollectGarbage();

        // The last one may still be seen in a register.
        Assert.InRange(Tensor.TotalCount, 0, before + 1);
    }

    [Fact]
    public void Tensor_DisposedTwice_CountsOnce()
    {
        var before = Tensor.TotalCount;
        var tensor = ones(2);
        Assert.Equal(before + 1, Tensor.TotalCount);
        tensor.Dispose();
        tensor.Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void PeakCount_IsNeverBelowTotalCount()
    {
        using var scope = NewDisposeScope();
        _ = ones(2) + 1;

        Assert.True(Tensor.PeakCount >= Tensor.TotalCount);
    }

    [Fact]
    public void TrainingStep_InScope_LeavesNothing()
    {
        var weight = randn(4, 3, requires_grad: true);
        Step(weight);
        CollectGarbage();
        var before = Tensor.TotalCount;
        for (var n = 0; n < 10; n++)
            Step(weight);

        Assert.Equal(before, Tensor.TotalCount);
        GC.KeepAlive(weight);
    }

    [SkippableFact]
    public void Loop_WithoutScopes_HoldsABoundedNumberOfTensors()
    {
        Skip.If(Package.IsUsed, KnowsNoSizes);

        // 32 MiB are left before they are collected, and up to twice that where tensors of earlier tests are held besides.
        Assert.InRange(MostHeld(() => zeros(256, 1024)), 1, 64);
    }

    [SkippableFact]
    public void Loop_BesideAHeldTensor_HoldsAQuarterOfItMore()
    {
        Skip.If(Package.IsUsed, KnowsNoSizes);
        using var held = zeros(256, 256, 1024);

        // 256 MiB are needed, so 64 may be left; more where tensors of earlier tests are held besides.
        Assert.InRange(MostHeld(() => zeros(256, 1024)), 33, 96);
    }

    [SkippableFact]
    public void Loop_WhoseTensorsLiveForTurns_HoldsABoundedNumberOfTensors()
    {
        Skip.If(Package.IsUsed, KnowsNoSizes);
        var window = new Queue<Tensor>();

        // The oldest of these is forgotten when it has outlived collections of the youngest alone.
        Assert.InRange(MostHeld(() =>
        {
            if (window.Count == 24)
                window.Dequeue();
            window.Enqueue(zeros(256, 1024));
        }), 1, 96);
        window.Clear();
    }

    [SkippableFact]
    public void Loop_WithDispose_IsNotCollected()
    {
        Skip.If(Package.IsUsed, KnowsNoSizes);
        var collections = GC.CollectionCount(0);
        for (var n = 0; n < 1000; n++)
            zeros(256, 1024).Dispose();

        Assert.Equal(collections, GC.CollectionCount(0));
    }

    [SkippableFact]
    public void Views_OfOneTensor_DoNotCountAsItsMemory()
    {
        Skip.If(Package.IsUsed, "there is no limit to pass");
        CollectGarbage();
        using var large = zeros(16, 1024, 1024);
        var collections = GC.CollectionCount(2);
        var views = Enumerable.Range(0, 200).Select(_ => large.view(-1)).ToList();

        // 200 x 64 MiB would be collected long before the last of them.
        Assert.Equal(collections, GC.CollectionCount(2));
        views.ForEach(view => view.Dispose());
    }

    [SkippableFact]
    public void Addition_OfSmallTensors_LeavesLittleGarbage()
    {
        Skip.If(Package.IsUsed, "a bound for the subset");
        using var a = ones(4);
        using var b = ones(4);

        // TorchSharp 0.99.6: 176.
        Assert.InRange(Garbage(() => a + b), 1, 176);
    }

    [SkippableFact]
    public void Multiplication_ByNumber_MakesNoScalar()
    {
        Skip.If(Package.IsUsed, "a bound for the subset");
        using var a = ones(4);

        Assert.Equal(Garbage(() => a * a), Garbage(() => a * 1.5));
    }

    [Fact]
    public void DecoupleFromNativeHandle_GivesTheHandleAway()
    {
        var before = Tensor.TotalCount;
        var tensor = ones(2);
        var handle = tensor.DecoupleFromNativeHandle();
        Assert.True(tensor.IsInvalid);
        Assert.Equal(before, Tensor.TotalCount);
        using var again = Tensor.UnsafeCreateTensor(handle);

        Assert.Equal(2f, again.sum().item<float>());
    }

    [Fact]
    public void ArrayTensor_OutlivesTheArraysScope()
    {
        var tensor = Shared();
        CollectGarbage();

        Assert.Equal([1f, 2, 3], tensor.data<float>().ToArray());
        tensor.Dispose();
    }

    // 4000 turns of 1 MiB each, 4 GiB together; a thousand before, for what earlier tests held counts until the next collection.
    private static long MostHeld(Action turn)
    {
        for (var n = 0; n < 1000; n++)
            turn();
        CollectGarbage();
        var start = Tensor.TotalCount;
        long most = 0;
        for (var n = 0; n < 4000; n++)
        {
            turn();
            most = Math.Max(most, Tensor.TotalCount - start);
        }
        return most;
    }

    // Managed bytes of one call, its result disposed.
    private static long Garbage(Func<Tensor> operation)
    {
        for (var n = 0; n < 100; n++)
            operation().Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 100; n++)
            operation().Dispose();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Tensor Shared() => from_array(new float[] { 1, 2, 3 });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(int count)
    {
        for (var n = 0; n < count; n++)
            _ = ones(2);
    }

    private static void Step(Tensor weight)
    {
        using var scope = NewDisposeScope();
        var loss = randn(8, 4).matmul(weight).pow(2).mean();
        loss.backward();
        using (no_grad())
            weight.sub_(weight.grad! * 0.1);
        weight.grad!.zero_();
    }

    private static void CollectGarbage()
    {
        for (var n = 0; n < 2; n++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
