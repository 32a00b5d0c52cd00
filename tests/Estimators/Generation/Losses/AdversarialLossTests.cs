using Fovea.Generation.Losses;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

public class AdversarialLossTests
{
    public static TheoryData<GanLoss> Losses => [.. Enum.GetValues<GanLoss>()];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_AndTheirGradients_AreThoseOfPyTorch(GanLoss loss)
    {
        using var scope = NewDisposeScope();
        var numbers = GanReference.Numbers.Losses;
        var expected = numbers.Cases.Single(c => c.Loss == loss);
        var (real, fake, made) = (tensor(numbers.Real).requires_grad_(), tensor(numbers.Fake).requires_grad_(), tensor(numbers.Fake).requires_grad_());
        var judge = AdversarialLoss.OfReal(loss, real, expected.Smoothing) + AdversarialLoss.OfFake(loss, fake);
        var maker = AdversarialLoss.OfGenerator(loss, made);
        judge.backward();
        maker.backward();
        // float64; the textbook's log(1 - sigmoid) loses some digits that softplus keeps.
        Assert.Equal(expected.Discriminator, judge.item<double>(), 1e-12);
        Assert.Equal(expected.Generator, maker.item<double>(), 1e-12);
        GanReference.Close(expected.RealGradient, real.grad!, 1e-12);
        GanReference.Close(expected.FakeGradient, fake.grad!, 1e-12);
        GanReference.Close(expected.GeneratorGradient, made.grad!, 1e-12);
    }

    [Fact]
    public void NonSaturating_UndecidedDiscriminator_IsCountedByHand()
    {
        using var scope = NewDisposeScope();
        var undecided = zeros(4);
        var two = AdversarialLoss.OfReal(GanLoss.NonSaturating, undecided, 0) + AdversarialLoss.OfFake(GanLoss.NonSaturating, undecided);
        Assert.Equal(2 * Math.Log(2), two.item<float>(), 1e-6); // float32
        Assert.Equal(Math.Log(2), AdversarialLoss.OfGenerator(GanLoss.NonSaturating, undecided).item<float>(), 1e-6);
        Assert.Equal(-Math.Log(2), AdversarialLoss.OfGenerator(GanLoss.Minimax, undecided).item<float>(), 1e-6);
    }

    [Fact]
    public void Losses_SureDiscriminator_StayFinite()
    {
        using var scope = NewDisposeScope();
        var sure = tensor(new[] { 1e4f, -1e4f });
        foreach (var loss in Enum.GetValues<GanLoss>())
            foreach (var value in new[] { AdversarialLoss.OfReal(loss, sure, 0), AdversarialLoss.OfFake(loss, sure), AdversarialLoss.OfGenerator(loss, sure) })
                Assert.True(float.IsFinite(value.item<float>()), $"{loss}");
    }
}
