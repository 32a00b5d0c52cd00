using Fovea.Native;

namespace Fovea.Tests.Native;

public sealed class AutogradTests : DoorTest
{
    private static readonly Operator? Multiply = Operators("aten::mul");
    private static readonly Operator? Sum = Operators("aten::sum", "");

    [SkippableFact]
    public void Backward_SumOfSquares_GivesTwiceTheInput()
    {
        var x = Leaf([1, -2, 3]);

        Door.Backward([SumOfSquares(x)]);

        Assert.Equal([2, -4, 6], Read(Own(Door.TensorGetGrad(x))));
    }

    [SkippableFact]
    public void Backward_Twice_Accumulates()
    {
        var x = Leaf([1, 2]);
        var loss = SumOfSquares(x);

        Door.Backward([loss], retainGraph: true);
        Door.Backward([loss]);

        Assert.Equal([4, 8], Read(Own(Door.TensorGetGrad(x))));
        Fails(NativeStatus.Error, () => Door.Backward([loss])); // the graph is gone
    }

    [SkippableFact]
    public void Backward_VectorWithoutGradient_IsRefused()
    {
        var x = Leaf([1, 2]);
        var squares = Own(Multiply!.Call([Value.Tensor(x), Value.Tensor(x)]));
        var weights = Tensor([1, 10]);

        Fails(NativeStatus.Error, () => Door.Backward([squares]));
        Door.Backward([squares], [weights]);

        Assert.Equal([2, 40], Read(Own(Door.TensorGetGrad(x))));
        Assert.Throws<ArgumentException>(() => Door.Backward([squares], [weights, weights]));
    }

    [SkippableFact]
    public void Grad_SecondOrder_IsTheDerivativeOfTheDerivative()
    {
        var x = Leaf([3]);
        var cube = Own(Multiply!.Call([Value.Tensor(x), Value.Tensor(Own(Multiply.Call([Value.Tensor(x), Value.Tensor(x)])))]));

        var first = Own(Door.Grad([cube], [], [x], createGraph: true)[0]);
        var second = Own(Door.Grad([first], [], [x])[0]);

        Assert.Equal([27], Read(first));
        Assert.Equal([18], Read(second));
        Assert.Equal(0, Door.TensorGetGrad(x));
    }

    [SkippableFact]
    public void Grad_UnusedInput_IsNullOrRefused()
    {
        var x = Leaf([1]);
        var unused = Leaf([1]);
        var loss = SumOfSquares(x);

        var grads = Door.Grad([loss], [], [x, unused], retainGraph: true, allowUnused: true);

        Assert.Equal([2], Read(Own(grads[0])));
        Assert.Equal(0, grads[1]);
        Fails(NativeStatus.Error, () => Door.Grad([loss], [], [unused]));
    }

    [SkippableFact]
    public void GradMode_Off_RecordsNothing()
    {
        var x = Leaf([1]);

        Assert.True(Door.GradMode(false));
        Assert.False(Door.GradModeEnabled);
        var recorded = Door.TensorDescribe(SumOfSquares(x)).RequiresGrad;
        Assert.False(Door.GradMode(true));

        Assert.False(recorded);
        Assert.True(Door.TensorDescribe(SumOfSquares(x)).RequiresGrad);
        Door.GradModeEnabled = false;
        Assert.False(Door.GradModeEnabled);
        Door.GradModeEnabled = true;
    }

    [SkippableFact]
    public void GradMode_OtherThread_KeepsItsOwn()
    {
        Door.GradMode(false);
        var other = false;
        var thread = new Thread(() => other = Door.GradModeEnabled);
        thread.Start();
        thread.Join();
        Door.GradMode(true);

        Assert.True(other);
    }

    [SkippableFact]
    public void InferenceMode_LeftInReverseOrder_EndsAsItBegan()
    {
        var outer = Door.InferenceModeEnter();
        var inner = Door.InferenceModeEnter(false);
        Assert.False(Door.InferenceModeEnabled);

        Fails(NativeStatus.BadArgument, () => Door.InferenceModeLeave(outer));
        Door.InferenceModeLeave(inner);
        Assert.True(Door.InferenceModeEnabled);
        Door.InferenceModeLeave(outer);

        Assert.False(Door.InferenceModeEnabled);
        Fails(NativeStatus.BadArgument, () => Door.InferenceModeLeave(0));
    }

    [SkippableFact]
    public void InferenceMode_LeftOnAnotherThread_IsRefused()
    {
        var guard = Door.InferenceModeEnter();
        NativeException? refused = null;
        var thread = new Thread(() => refused = Record.Exception(() => Door.InferenceModeLeave(guard)) as NativeException);
        thread.Start();
        thread.Join();
        Door.InferenceModeLeave(guard);

        Assert.Equal(NativeStatus.BadArgument, refused?.Status);
    }

    [SkippableFact]
    public void TensorSetGrad_AnotherShape_IsRefused()
    {
        var x = Leaf([1, 2]);
        var grad = Tensor([5, 6]);
        var wrong = Tensor([5]);

        Door.TensorSetGrad(x, grad);
        Assert.Equal([5, 6], Read(Own(Door.TensorGetGrad(x))));
        Assert.Contains("wanted", Fails(NativeStatus.BadArgument, () => Door.TensorSetGrad(x, wrong)).Message);
        Door.TensorSetGrad(x, 0);

        Assert.Equal(0, Door.TensorGetGrad(x));
    }

    [SkippableFact]
    public void TensorSetData_KeepsTheTensorItself()
    {
        var x = Leaf([1, 2]);
        var alias = Own(Door.TensorAlias(x));

        Door.TensorSetData(x, Tensor([7, 8, 9]));

        Assert.Equal([7, 8, 9], Read(alias));
        Assert.True(Door.TensorDescribe(x).RequiresGrad);
        Fails(NativeStatus.BadArgument, () => Door.TensorSetData(x, 0));
    }

    [SkippableFact]
    public void TensorSetRequiresGrad_NonLeaf_IsRefused()
    {
        var loss = SumOfSquares(Leaf([1]));

        Fails(NativeStatus.Error, () => Door.TensorSetRequiresGrad(loss, false));
        Assert.False(Door.TensorDescribe(loss).IsLeaf);
    }

    [SkippableFact]
    public void AnomalyMode_NanGradient_IsAnError()
    {
        var x = Leaf([0]);
        var zero = Own(Multiply!.Call([Value.Tensor(Own(Operator.Find("aten::sqrt").Call([Value.Tensor(x)]))), Value.Tensor(Tensor([0]))]));

        Assert.False(Door.AnomalyMode(true));
        var e = Fails(NativeStatus.Error, () => Door.Backward([zero]));
        Assert.True(Door.AnomalyMode(false));

        Assert.Contains("nan", e.Message);
    }

    [SkippableFact]
    public void Autocast_On_ComputesProductsInBFloat16()
    {
        var a = Tensor([1, 2, 3, 4], 2, 2);
        var product = Operator.Find("aten::mm");
        var before = Door.GetAutocast(0);

        Assert.Equal(before, Door.Autocast(0, true, 15));
        Assert.Equal((true, 15), Door.GetAutocast(0));
        var lower = Own(product.Call([Value.Tensor(a), Value.Tensor(a)]));
        Door.Autocast(0, false, before.DType);

        Assert.Equal(15, Door.TensorDescribe(lower).DType);
        Assert.Equal(6, Door.TensorDescribe(Own(product.Call([Value.Tensor(a), Value.Tensor(a)]))).DType);
        Assert.Equal((false, before.DType), Door.GetAutocast(0));
    }

    [SkippableFact]
    public void Autocast_OtherDeviceOrType_IsRefused()
    {
        Fails(NativeStatus.BadArgument, () => Door.Autocast(2, true));
        Fails(NativeStatus.BadArgument, () => Door.Autocast(0, true, 7));
        Fails(NativeStatus.BadArgument, () => Door.Autocast(0, true, 1000));
    }

    private static Operator? Operators(string name, string overload = "Tensor") => LibTorch.IsAvailable ? Operator.Find(name, overload) : null;

    private nint Leaf(ReadOnlySpan<float> values)
    {
        var leaf = Tensor(values);
        Door.TensorSetRequiresGrad(leaf, true);
        return leaf;
    }

    private nint SumOfSquares(nint x) => Own(Sum!.Call([Value.Tensor(Own(Multiply!.Call([Value.Tensor(x), Value.Tensor(x)])))]));
}
