using Fovea.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Segmentation.Networks;

/// <summary>
/// A U-Net whose way down is a ResNet (after Iglovikov and Shvets, 2018, https://arxiv.org/abs/1801.05746, who took a VGG): the
/// maps of the first convolution and of the stages 1 to 3 are joined on a way up of 256, 128, 64, 32 and 16 maps; its last
/// step, to full height and width, has nothing to join. Weights that torchvision trained load into <c>backbone</c>.
/// </summary>
internal sealed class UNetResNet : SegmentationNetwork, ISegmentationNetwork<UNetResNet>
{
    private readonly ResNet backbone;
    private readonly ModuleList<UpStep> decoder;
    private readonly Conv2d head;

    private UNetResNet(SegmentationNetworkInput input)
        : base(nameof(UNetResNet), stride: 32, minimumSize: 64)
    {
        backbone = ResNet.Encoder(input.Channels, input.Backbone);
        var maps = input.Backbone.Channels;
        decoder = new(
            Step(maps[4], maps[3], 256),
            Step(256, maps[2], 128),
            Step(128, maps[1], 64),
            Step(64, maps[0], 32),
            Step(32, 0, 16));
        head = nn.Conv2d(16, input.Classes, kernel_size: 1);
        RegisterComponents();

        UpStep Step(long channels, long skip, long width) => new(channels, width, skip, width, input.UNet);
    }

    public static UNetResNet Create(SegmentationNetworkInput input) => new(input);

    public override IReadOnlyList<string> ClassLayers => ["head."];

    protected override (Tensor Logits, Tensor? Auxiliary) Compute(Tensor x, bool auxiliary)
    {
        var maps = backbone.Features(x);              // (N, 64, H/2, W/2), (N, 64e, H/4, W/4), ..., (N, 512e, H/32, W/32)
        x = maps[4];
        for (var level = 0; level < 5; level++)
        {
            using var coarse = x;
            using var skip = level < 4 ? maps[3 - level] : null;
            x = decoder[level].call(coarse, skip);    // (N, 256, H/16, W/16), ..., (N, 16, H, W)
        }
        return (head.call(x), null);                  // (N, K, H, W)
    }
}
