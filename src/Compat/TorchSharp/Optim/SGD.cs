using Fovea.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum (Polyak's or Nesterov's) where asked for.</summary>
    public class SGD : OptimizerHelper, IMomentum
    {
        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        {
            AtLeastZero(lr, nameof(lr));
            AtLeastZero(momentum, nameof(momentum));
            AtLeastZero(weight_decay, nameof(weight_decay));
            if (nesterov && (momentum <= 0 || dampening != 0))
                throw new ArgumentException($"Nesterov's momentum needs a momentum above 0 and no dampening, not {momentum} and {dampening}.", nameof(nesterov));
            Start(new Options { momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize }, lr, parameters);
        }

        public double Momentum
        {
            get => ((Options)_defaults).momentum!.Value;
            set => ((Options)_defaults).momentum = value;
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

        internal override OptimizerOptions NewOptions() => new Options();

        internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private void Step(ParamGroup group)
        {
            var options = group.Options;
            using var fused = FusedStep<State>.Of(group, _state);
            if (fused is null)
            {
                foreach (var (parameter, state, gradient) in Pending<State>(group)) Step(options, parameter, state, gradient);
                return;
            }
            if (options.momentum == 0)
            {
                Step(options, fused.Entries, first: false, []);
                return;
            }
            // Gradients that come later than the first step start a buffer of their own.
            foreach (var batch in fused.Entries.GroupBy(entry => entry.State.momentum_buffer is null).ToList())
            {
                var entries = batch.ToList();
                if (batch.Key)
                    foreach (var entry in entries) entry.State.Start();
                Step(options, entries, batch.Key, FusedStep<State>.Handles(entries, entry => entry.State.momentum_buffer!.Handle));
            }
        }

        private static void Step(Options options, List<FusedStep<State>.Entry> entries, bool first, nint[] buffers) =>
            Door.SgdStep(
                new SgdStepOptions
                {
                    LearningRate = options.LearningRate!.Value,
                    Momentum = options.momentum!.Value,
                    Dampening = options.dampening!.Value,
                    WeightDecay = options.weight_decay!.Value,
                    Nesterov = options.nesterov!.Value,
                    Maximize = options.maximize!.Value,
                    First = first,
                },
                FusedStep<State>.Handles(entries, entry => entry.Parameter), FusedStep<State>.Handles(entries, entry => entry.Gradient), buffers);

        private static void Step(Options options, Parameter parameter, State state, Tensor gradient)
        {
            var momentum = options.momentum!.Value;
            if (options.maximize!.Value) gradient = gradient.neg();
            if (options.weight_decay != 0) gradient = gradient.add(parameter, alpha: options.weight_decay!.Value);
            if (momentum != 0)
            {
                if (state.momentum_buffer is null) state.momentum_buffer = gradient.detach().clone().DetachFromDisposeScope();
                else state.momentum_buffer.mul_(momentum).add_(gradient, alpha: 1 - options.dampening!.Value);
                gradient = options.nesterov!.Value ? gradient.add(state.momentum_buffer, alpha: momentum) : state.momentum_buffer;
            }
            parameter.add_(gradient, alpha: -options.LearningRate!.Value);
        }

        /// <summary>The running sum of the gradients.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public Tensor? momentum_buffer;

            public State(Parameter parameter) : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options)
            {
                momentum_buffer?.Dispose();
                momentum_buffer = null;
            }

            public void Dispose() => Release();

            internal void Start() => momentum_buffer = empty_like(_parameter, requires_grad: false).DetachFromDisposeScope();

            internal override void Visit(StateFields fields) => fields.With(ref momentum_buffer, optional: true);
        }

        /// <summary>As the constructor's arguments.</summary>
        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            internal override void Visit(OptionFields fields) =>
                fields.With(ref momentum).With(ref dampening).With(ref weight_decay).With(ref nesterov).With(ref maximize);
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
