using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Generation.Networks;

/// <summary>
/// DCGAN's generator (Radford, Metz and Chintala, 2016, https://arxiv.org/abs/1511.06434): a projection to 4x4 maps, then 4x4
/// transposed convolutions with stride 2, batch norm and ReLU, the last one with tanh. Other than the paper's it is for 32 pixels
/// (three steps up) or 64 (four), begins with 4 or 8 times the last width, and cuts smaller images out of the middle.
/// </summary>
internal sealed class DcganGenerator : GanGenerator, IGanNetwork<DcganGenerator>
{
    private readonly Linear project;
    private readonly BatchNorm2d norm;
    private readonly ModuleList<UpConvolution> up;
    private readonly ModuleList<BatchNorm2d> norms;
    private readonly int _height, _width, _side;
    private readonly long _first;

    private DcganGenerator(GanNetworkInput input)
        : base(nameof(DcganGenerator))
    {
        (_height, _width, _side) = (input.Height, input.Width, SideOf(input));
        var steps = StepsOf(_side);
        _first = (long)input.Maps << (steps - 1);
        project = nn.Linear(input.Latent + input.Classes, _first * 16, hasBias: false);
        norm = nn.BatchNorm2d(_first);
        up = nn.ModuleList<UpConvolution>([.. Enumerable.Range(0, steps).Select(i => i < steps - 1 ? new UpConvolution(_first >> i, _first >> (i + 1), hasBias: false) : new UpConvolution(input.Maps, input.Channels, hasBias: true))]);
        norms = nn.ModuleList<BatchNorm2d>([.. Enumerable.Range(1, steps - 1).Select(i => nn.BatchNorm2d(_first >> i))]);
        RegisterComponents();
        GanWeights.Begin(this);
    }

    public static DcganGenerator Create(GanNetworkInput input) => new(input);

    /// <summary>Height and width inside the networks.</summary>
    public static int SideOf(GanNetworkInput input) => Math.Max(input.Height, input.Width) <= 32 ? 32 : 64;

    /// <summary>How often 4 pixels are doubled.</summary>
    public static int StepsOf(int side) => side == 32 ? 3 : 4;

    public override Tensor forward(Tensor z)
    {
        using var scope = NewDisposeScope();
        // The numbers lie pixel by pixel, so the maps are channels-last, as the convolutions want them.
        var x = project.call(z).view(-1, 4, 4, _first).permute(0, 3, 1, 2);               // (N, F, 4, 4)
        x = norm.call(x).relu_();
        for (var i = 0; i < norms.Count; i++)
            x = norms[i].call(up[i].call(x)).relu_();                                     // (N, F >> i + 1, 8 << i, 8 << i)
        x = up[norms.Count].call(x).to(ScalarType.Float32).tanh();                        // (N, C, side, side)
        return x.narrow(2, (_side - _height) / 2, _height).narrow(3, (_side - _width) / 2, _width).MoveToOuterDisposeScope(); // (N, C, H, W)
    }
}
