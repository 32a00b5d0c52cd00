using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Detection.Regions;

/// <summary>The two fully connected layers of Fast R-CNN and its two outputs: a score for each class and the background, and a box code for each class. Keys as torchvision's.</summary>
internal sealed class RegionHead : nn.Module
{
    private readonly TwoLayers box_head;
    private readonly Predictor box_predictor;

    /// <param name="channels">C of the maps.</param>
    /// <param name="width">Of the two layers.</param>
    /// <param name="classes">K, without the background.</param>
    public RegionHead(long channels, long width, int classes)
        : base(nameof(RegionHead))
    {
        box_head = new(channels * RegionPooler.Size * RegionPooler.Size, width);
        box_predictor = new(width, classes + 1);
        RegisterComponents();
    }

    /// <param name="pooled">(R, C, 7, 7).</param>
    /// <returns>Logits (R, 1 + K), the background first, and codes (R, 1 + K, 4), float32.</returns>
    public (Tensor Logits, Tensor Codes) Run(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        var (logits, codes) = box_predictor.call(box_head.call(pooled));
        var scores = logits.to(ScalarType.Float32);
        return (scores.MoveToOuterDisposeScope(), codes.to(ScalarType.Float32).view(scores.size(0), scores.size(1), 4).MoveToOuterDisposeScope());
    }

    private sealed class TwoLayers : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc6;
        private readonly Linear fc7;

        public TwoLayers(long inputs, long width)
            : base(nameof(TwoLayers))
        {
            fc6 = nn.Linear(inputs, width);
            fc7 = nn.Linear(width, width);
            RegisterComponents();
        }

        // (R, C, 7, 7) to (R, width)
        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return fc7.call(fc6.call(x.flatten(1)).relu()).relu().MoveToOuterDisposeScope();
        }
    }

    private sealed class Predictor : nn.Module<Tensor, (Tensor Logits, Tensor Codes)>
    {
        private readonly Linear cls_score;
        private readonly Linear bbox_pred;

        public Predictor(long width, int classes)
            : base(nameof(Predictor))
        {
            cls_score = nn.Linear(width, classes);
            bbox_pred = nn.Linear(width, 4 * classes);
            RegisterComponents();
        }

        // (R, width) to (R, 1 + K) and (R, 4 + 4K)
        public override (Tensor Logits, Tensor Codes) forward(Tensor x) => (cls_score.call(x), bbox_pred.call(x));
    }
}
