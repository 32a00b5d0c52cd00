using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>What belongs to which scope, and when it is disposed.</summary>
public sealed class DisposeScopeTests
{
    [Fact]
    public void Scope_AtItsEnd_DisposesWhatWasMadeInIt()
    {
        Tensor inside, before = ones(2);
        using (NewDisposeScope())
            inside = before + 1;

        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
    }

    [Fact]
    public void Scope_Nested_DisposesOnlyItsOwn()
    {
        using var outer = NewDisposeScope();
        var first = ones(2);
        Tensor second;
        using (var inner = NewDisposeScope())
        {
            Assert.Same(inner, CurrentDisposeScope);
            second = ones(2);
            Assert.True(inner.Contains(second));
            Assert.False(outer.Contains(second));
        }

        Assert.Same(outer, CurrentDisposeScope);
        Assert.True(second.IsInvalid);
        Assert.False(first.IsInvalid);
        Assert.Equal(1, outer.DisposablesCount);
    }

    [Fact]
    public void MoveToOuterDisposeScope_OfResult_KeepsItUntilTheOuterEnds()
    {
        Tensor result;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
                result = ones(2).MoveToOuterDisposeScope();
            Assert.False(result.IsInvalid);
        }

        Assert.True(result.IsInvalid);
    }

    [Fact]
    public void MoveToOuterDisposeScope_FromOutermostScope_Detaches()
    {
        Tensor result;
        using (NewDisposeScope())
            result = ones(2).MoveToOuterDisposeScope();

        Assert.False(result.IsInvalid);
        result.Dispose();
    }

    [Fact]
    public void DetachFromDisposeScope_InNestedScopes_OutlivesAll()
    {
        Tensor result;
        using (NewDisposeScope())
        using (NewDisposeScope())
            result = ones(2).DetachFromDisposeScope();

        Assert.False(result.IsInvalid);
        result.Dispose();
    }

    [Fact]
    public void MoveToOtherDisposeScope_ByTensor_JoinsItsScope()
    {
        using var outer = NewDisposeScope();
        var companion = ones(2);
        using var inner = NewDisposeScope();
        var moved = ones(2).MoveToOtherDisposeScope(companion);

        Assert.True(outer.Contains(moved));
        Assert.False(inner.Contains(moved));
    }

    [Fact]
    public void MoveToOtherDisposeScope_OfTensorWithoutScope_Attaches()
    {
        var tensor = ones(2);
        using (var scope = NewDisposeScope())
            tensor.MoveToOtherDisposeScope(scope);

        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void Attach_OfTensorOfAnotherScope_TakesItOver()
    {
        using var outer = NewDisposeScope();
        var tensor = ones(2);
        using (var inner = NewDisposeScope())
        {
            inner.Attach(tensor);
            Assert.False(outer.Contains(tensor));
        }

        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void Attach_Twice_CountsOnce()
    {
        var tensor = ones(2);
        using var scope = NewDisposeScope();
        DisposeScopeManager.Statistics.Reset();
        scope.Attach(tensor);
        scope.Attach(tensor);

        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal(1, DisposeScopeManager.Statistics.TensorStatistics.AttachedToScopeCount);
    }

    [Fact]
    public void Detach_OfThree_GivesThemBackInOrder()
    {
        Tensor a, b, c;
        using (var scope = NewDisposeScope())
        {
            (a, b, c) = (zeros(1), ones(1), ones(2));
            Assert.Equal((a, b, c), scope.Detach(a, b, c));
        }

        Assert.False(a.IsInvalid || b.IsInvalid || c.IsInvalid);
        a.Dispose();
        b.Dispose();
        c.Dispose();
    }

    [Fact]
    public void DisposeEverythingBut_OfTwo_KeepsThem()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        scope.DisposeEverythingBut(a, b);

        Assert.False(a.IsInvalid || b.IsInvalid);
        Assert.True(c.IsInvalid);
        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
    public void Dispose_OfTensorInScope_TakesItOut()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(2);
        tensor.Dispose();

        Assert.Equal(0, scope.DisposablesCount);
        Assert.Empty(scope.DisposablesView);
    }

    [Fact]
    public void Dispose_OfOuterScopeFirst_LeavesTheInnerOneCurrent()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();

        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Scope_AfterDispose_Refuses()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(ones(1)));
        Assert.Throws<ObjectDisposedException>(() => scope.DisposeEverything());
    }

    [Fact]
    public void Scope_OfAnotherThread_IsNotCurrent()
    {
        using var scope = NewDisposeScope();
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = ones(1));
        thread.Start();
        thread.Join();

        Assert.False(scope.Contains(elsewhere!));
        elsewhere!.Dispose();
    }

    [Fact]
    public void Attach_OfOtherDisposables_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();

        Assert.Throws<InvalidOperationException>(() => scope.Attach(stream));
    }

    [Fact]
    public void WrappedTensorDisposeScope_KeepsOnlyTheResult()
    {
        Tensor? between = null;
        using var scope = NewDisposeScope();
        var result = WrappedTensorDisposeScope(() => (between = ones(3)) * 2);

        Assert.True(between!.IsInvalid);
        Assert.Equal(6f, result.sum().item<float>());
    }

    [Fact]
    public void Statistics_OfAThread_CountWhatHappened()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        DisposeScopeManager.Statistics.Reset();
        var outside = ones(1);
        using (var scope = NewDisposeScope())
        {
            _ = outside + 1;
            var kept = outside + 2;
            scope.Detach(kept);
            scope.Attach(kept);
            Assert.Equal(3, statistics.ThreadTotalLiveCount);
        }

        outside.Dispose();

        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        Assert.Equal(2, statistics.CreatedInScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.AttachedToScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.StartsWith("ThreadTotalLiveCount: 0; CreatedOutsideScopeCount: 1", statistics.ToString());
    }

    [Fact]
    public void MoveToOuter_BetweenScopes_IsNeitherAttachingNorDetaching()
    {
        using var outer = NewDisposeScope();
        using var inner = NewDisposeScope();
        DisposeScopeManager.Statistics.Reset();
        inner.MoveToOuter(ones(1), ones(1));

        Assert.Equal(2, outer.DisposablesCount);
        Assert.Equal(0, DisposeScopeManager.Statistics.AttachedToScopeCount);
        Assert.Equal(0, DisposeScopeManager.Statistics.DetachedFromScopeCount);
    }

    [Fact]
    public void Split_InScope_RegistersEveryPart()
    {
        using var scope = NewDisposeScope();
        var parts = arange(6).chunk(3);

        Assert.Equal(4, scope.DisposablesCount);
        Assert.All(parts, part => Assert.True(scope.Contains(part)));
    }

    [Fact]
    public void Indexing_WithSeveralSteps_MakesOneTensor()
    {
        var cube = arange(24).reshape(2, 3, 4);
        using var scope = NewDisposeScope();
        _ = cube[TensorIndex.Single(1), 1.., TensorIndex.None, TensorIndex.Slice(0, 4, 2)];

        Assert.Equal(1, scope.DisposablesCount);
    }
}
