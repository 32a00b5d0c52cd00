using TorchSharp;
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

    /// <summary>A linear layer that does something in one of its training passes.</summary>
    public sealed class Interrupted : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc;
        private readonly int _step;
        private readonly Action? _action;
        private readonly bool _ruin;
        private int _steps;

        /// <param name="input">What it is built for.</param>
        /// <param name="step">The training pass, from 1.</param>
        /// <param name="action">What is done before it.</param>
        /// <param name="ruin">Makes its logits no numbers.</param>
        public Interrupted(NetworkInput input, int step, Action? action = null, bool ruin = false)
            : base(nameof(Interrupted))
        {
            fc = nn.Linear(input.Channels * input.Height * input.Width, input.Classes);
            (_step, _action, _ruin) = (step, action, ruin);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var now = training && ++_steps == _step;
            if (now)
                _action?.Invoke();
            var logits = fc.call(x.flatten(1)); // (N, K)
            return now && _ruin ? logits * float.NaN : logits;
        }
    }

    /// <summary>A linear layer that writes down every image it sees, as the pixels of a row, and whether in training.</summary>
    public sealed class Recording : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc;
        private readonly List<(bool Training, float[] Pixels)> _seen;

        public Recording(NetworkInput input, List<(bool Training, float[] Pixels)> seen)
            : base(nameof(Recording))
        {
            fc = nn.Linear(input.Channels * input.Height * input.Width, input.Classes);
            _seen = seen;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            x = x.flatten(1); // (N, C·H·W)
            for (var n = 0; n < x.shape[0]; n++)
                _seen.Add((training, x[n].data<float>().ToArray()));
            return fc.call(x);
        }
    }

    /// <summary>A linear layer that writes down the number format of what it gives, and wants gradients in training alone.</summary>
    public sealed class Formatted : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc;
        private readonly List<(bool Training, ScalarType Type)> _given;

        public Formatted(NetworkInput input, List<(bool Training, ScalarType Type)> given)
            : base(nameof(Formatted))
        {
            fc = nn.Linear(input.Channels * input.Height * input.Width, input.Classes);
            _given = given;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var logits = fc.call(x.flatten(1)); // (N, K)
            _given.Add((training, logits.dtype));
            Assert.Equal(training, is_grad_enabled());
            return logits;
        }
    }
}
