using Fovea.Generation.Networks;
using Fovea.Tests.Backbones;
using static TorchSharp.torch;

namespace Fovea.Tests.Generation;

public class DcganTests
{
    [Theory]
    [InlineData(28)]
    [InlineData(64)]
    public void Networks_WithGivenWeights_HavePyTorchsOutputsAndGradients(int size)
    {
        using var scope = NewDisposeScope();
        var expected = GanReference.Numbers.Networks.Single(n => n.Size == size);
        using var generator = DcganGenerator.Create(new(3, size, size, Latent: 7, Classes: 0, Maps: 4));
        using var discriminator = DcganDiscriminator.Create(new(3, size, size, Latent: 7, Classes: 3, Maps: 4));
        Formula.Fill(generator);
        Formula.Fill(discriminator);
        generator.train();
        discriminator.train();
        var z = GanReference.Input("z", 2, 6, 7).to(ScalarType.Float32);
        var labels = nn.functional.one_hot(tensor(new long[] { 0, 1, 2, 0, 1, 2 }), 3).to(ScalarType.Float32);
        var images = generator.call(z);
        Assert.Equal([6, 3, size, size], images.shape);
        var scores = discriminator.call(images, labels);
        (scores * GanReference.Input("slope", 1, 6).to(ScalarType.Float32)).sum().backward();
        // float32 through seven or nine layers with batch norm of small batches, in another order of summation.
        var (norm, product) = Formula.Probe("images", images);
        Assert.Equal(expected.Images[0], norm, 1e-4 * expected.Images[0]);
        Assert.Equal(expected.Images[1], product, 1e-4 * expected.Images[0]);
        GanReference.Close(expected.Scores, scores, 1e-3 * expected.Scores.Max(Math.Abs));
        Expected.Same(expected.Generator, generator.named_parameters().Select(p => (p.name, p.parameter.grad!)), 5e-3);
        Expected.Same(expected.Discriminator, discriminator.named_parameters().Select(p => (p.name, p.parameter.grad!)), 5e-3);
    }

    [Theory]
    [InlineData(GanArchitecture.Dcgan, 16, 20)]
    [InlineData(GanArchitecture.Dcgan, 33, 32)]
    [InlineData(GanArchitecture.Dense, 9, 13)]
    public void Networks_OfAnySize_FitTogether(GanArchitecture architecture, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var network = new GanNetwork(architecture, new(1, height, width, Latent: 5, Classes: 2, Maps: 2) { SpectralNorm = true, BatchNorm = false });
        var labels = nn.functional.one_hot(tensor(new long[] { 0, 1, 1 }), 2).to(ScalarType.Float32);
        var images = network.call(cat([randn(3, 5), labels], 1));
        Assert.Equal([3, 1, height, width], images.shape);
        Assert.InRange(images.abs().max().item<float>(), 0, 1);
        Assert.Equal([3], network.Discriminator.call(images, labels).shape);
    }

    [Fact]
    public void Discriminator_WithoutBatchNorm_JudgesEachRowAlone()
    {
        using var scope = NewDisposeScope();
        using var judge = DcganDiscriminator.Create(new(1, 28, 28, Latent: 5, Classes: 0, Maps: 4) { BatchNorm = false });
        var images = rand(4, 1, 28, 28);
        var together = judge.call(images, null).data<float>().ToArray();
        for (var i = 0; i < 4; i++)
            Assert.Equal(together[i], judge.call(images.narrow(0, i, 1), null).item<float>(), 1e-6); // another order of summation
    }
}
