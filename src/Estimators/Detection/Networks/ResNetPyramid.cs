using Fovea.Backbones;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Networks;

/// <summary>
/// A ResNet and a feature pyramid on its stages (Lin et al., 2016, https://arxiv.org/abs/1612.03144): from the coarsest map down each is enlarged to
/// the next finer one's size and added to it, so that all are of the same meaning. Below them one more map, every second position of the
/// coarsest. Keys as torchvision's <c>BackboneWithFPN</c>. Without a pyramid: the third stage's map alone, of stride 16.
/// </summary>
internal sealed class ResNetPyramid : nn.Module
{
    /// <summary>The stage whose map has stride 16.</summary>
    private const int SingleStage = 3;

    private readonly ResNet body;
    private readonly Pyramid? fpn;
    private readonly int _finest;

    /// <param name="channels">C of the images.</param>
    /// <param name="plan">The ResNet's blocks.</param>
    /// <param name="finest">The first of the four stages that has a map in the pyramid.</param>
    /// <param name="width">C of the pyramid's maps; null: no pyramid.</param>
    public ResNetPyramid(int channels, ResNetPlan plan, int finest, long? width)
        : base(nameof(ResNetPyramid))
    {
        body = ResNet.Encoder(channels, plan, stages: width is null ? SingleStage : 4);
        fpn = width is { } w ? new(plan.Channels.Skip(finest), w) : null;
        _finest = finest;
        Channels = width ?? plan.Channels[SingleStage];
        Strides = fpn is null ? [16] : [.. Enumerable.Range(finest, 5 - finest).Select(stage => 2 << stage)];
        RegisterComponents();
    }

    /// <summary>C of the maps.</summary>
    public long Channels { get; }

    /// <summary>Pixels of a step on each map that regions are cut from, finest first.</summary>
    public IReadOnlyList<int> Strides { get; }

    /// <summary>Maps that have anchors: those that regions are cut from, and with a pyramid one more.</summary>
    public int Maps => fpn is null ? 1 : Strides.Count + 1;

    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, <see cref="Channels"/>, H / s, W / s) for each stride s, then with a pyramid half the last.</returns>
    public IReadOnlyList<Tensor> Features(Tensor x)
    {
        using var scope = NewDisposeScope();
        var stages = body.Features(x);
        IReadOnlyList<Tensor> maps = fpn is null ? [stages[SingleStage]] : fpn.Levels([.. stages.Skip(_finest)]);
        return [.. maps.Select(map => map.MoveToOuterDisposeScope())];
    }

    private sealed class Pyramid : nn.Module
    {
        private readonly ModuleList<Sequential> inner_blocks;
        private readonly ModuleList<Sequential> layer_blocks;

        public Pyramid(IEnumerable<long> channels, long width)
            : base(nameof(Pyramid))
        {
            inner_blocks = [];
            layer_blocks = [];
            foreach (var maps in channels)
            {
                inner_blocks.Add(Block(maps, width, kernel: 1));
                layer_blocks.Add(Block(width, width, kernel: 3));
            }
            RegisterComponents();
        }

        /// <param name="stages">Finest first.</param>
        public IReadOnlyList<Tensor> Levels(IReadOnlyList<Tensor> stages)
        {
            var levels = new Tensor[stages.Count + 1];
            Tensor? coarse = null;
            for (var i = stages.Count - 1; i >= 0; i--)
            {
                var y = inner_blocks[i].call(stages[i]);                                                        // (N, width, H/s, W/s)
                coarse = coarse is null ? y : y + nn.functional.interpolate(coarse, [y.size(2), y.size(3)], mode: InterpolationMode.Nearest);
                levels[i] = layer_blocks[i].call(coarse);                                                       // (N, width, H/s, W/s)
            }
            levels[^1] = nn.functional.max_pool2d(levels[^2], kernel_size: 1, stride: 2);                       // (N, width, H/64, W/64)
            return levels;
        }

        private static Sequential Block(long channels, long width, long kernel)
        {
            var convolution = nn.Conv2d(channels, width, kernel_size: kernel, padding: kernel / 2);
            nn.init.kaiming_uniform_(convolution.weight, a: 1);
            nn.init.zeros_(convolution.bias!);
            return nn.Sequential(convolution);
        }
    }
}
