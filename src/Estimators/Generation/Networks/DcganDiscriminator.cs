using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// DCGAN's discriminator (Radford, Metz and Chintala, 2016, https://arxiv.org/abs/1511.06434): 4x4 convolutions with stride 2 and
/// leaky ReLU, batch norm but on the first, down to 4x4 maps, and one number of all of them. For 32 and 64 pixels; smaller images
/// get a black margin.
/// </summary>
internal sealed class DcganDiscriminator : GanDiscriminator, IGanNetwork<DcganDiscriminator>
{
    private readonly ModuleList<JudgeConvolution> down;
    private readonly Verdict verdict;
    private readonly long[] _margin;

    private DcganDiscriminator(GanNetworkInput input)
        : base(nameof(DcganDiscriminator))
    {
        var side = DcganGenerator.SideOf(input);
        var steps = DcganGenerator.StepsOf(side);
        var (left, top) = ((side - input.Width) / 2, (side - input.Height) / 2);
        _margin = [left, side - input.Width - left, top, side - input.Height - top];
        down = nn.ModuleList<JudgeConvolution>([.. Enumerable.Range(0, steps).Select(i =>
            new JudgeConvolution(i == 0 ? input.Channels : input.Maps << (i - 1), input.Maps << i, input.BatchNorm && i > 0, input.SpectralNorm))]);
        verdict = new((input.Maps << (steps - 1)) * 16, input.Classes, input.SpectralNorm);
        RegisterComponents();
        GanWeights.Begin(this);
    }

    public static DcganDiscriminator Create(GanNetworkInput input) => new(input);

    public override Tensor forward(Tensor images, Tensor? labels)
    {
        using var scope = NewDisposeScope();
        var x = _margin.All(m => m == 0) ? images : nn.functional.pad(images, _margin, TorchSharp.PaddingModes.Constant, -1); // (N, C, side, side)
        foreach (var layer in down)
            x = layer.call(x);                                                            // (N, w << i, side >> i + 1, side >> i + 1)
        return verdict.call(x.flatten(1), labels).MoveToOuterDisposeScope();              // (N,)
    }
}
