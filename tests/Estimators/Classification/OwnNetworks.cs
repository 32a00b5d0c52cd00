using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Classification;

/// <summary>Networks that Fovea does not know.</summary>
internal static class OwnNetworks
{
    /// <summary>A linear layer with batch norm, which cannot train on one row.</summary>
    public static nn.Module<Tensor, Tensor> Normalized(NetworkInput input) => new NormalizedNetwork(input);

    private sealed class NormalizedNetwork : nn.Module<Tensor, Tensor>
    {
        private readonly Linear hidden;
        private readonly BatchNorm1d norm;
        private readonly Linear output;

        public NormalizedNetwork(NetworkInput input)
            : base(nameof(NormalizedNetwork))
        {
            hidden = nn.Linear(input.Channels * input.Height * input.Width, 8);
            norm = nn.BatchNorm1d(8);
            output = nn.Linear(8, input.Classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => output.call(norm.call(hidden.call(x.flatten(1))).relu()); // (N, K)
    }
}
