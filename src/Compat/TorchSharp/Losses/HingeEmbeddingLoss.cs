using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The input where the target is 1, what it lacks of the margin where it is -1.</summary>
    public sealed class HingeEmbeddingLoss : Loss<Tensor, Tensor, Tensor>
    {
        public HingeEmbeddingLoss(double margin = 0.0, nn.Reduction reduction = nn.Reduction.Mean) : base(reduction) =>
            this.margin = margin;

        public double margin { get; }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.hinge_embedding_loss(input, target, margin, reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.HingeEmbeddingLoss HingeEmbeddingLoss(double margin = 1.0, Reduction reduction = Reduction.Mean) =>
                new(margin, reduction);
        }
    }
}
