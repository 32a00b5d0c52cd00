using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules
{
    /// <summary>Hinton 2012: steps divided by the running root mean square of the gradient, or by its deviation where centered.</summary>
    public class RMSProp : OptimizerHelper, IMomentum
    {
        public RMSProp(IEnumerable<Parameter> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0.0, bool centered = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
        {
        }

        public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0.0, bool centered = false, bool maximize = false)
        {
            AtLeastZero(lr, nameof(lr));
            AtLeastZero(eps, nameof(eps));
            AtLeastZero(alpha, nameof(alpha));
            AtLeastZero(momentum, nameof(momentum));
            AtLeastZero(weight_decay, nameof(weight_decay));
            Start(new Options { maximize = maximize, momentum = momentum, alpha = alpha, eps = eps, weight_decay = weight_decay, centered = centered }, lr, parameters);
        }

        public double Momentum
        {
            get => ((Options)_defaults).momentum!.Value;
            set => ((Options)_defaults).momentum = value;
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(
            group =>
            {
                foreach (var (parameter, state, gradient) in Pending<State>(group)) Step(group.Options, parameter, state, gradient);
            },
            closure);

        internal override OptimizerOptions NewOptions() => new Options();

        internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private static void Step(Options options, Parameter parameter, State state, Tensor gradient)
        {
            var (lr, alpha, momentum) = (options.LearningRate!.Value, options.alpha!.Value, options.momentum!.Value);
            state.step++;
            if (options.maximize!.Value) gradient = gradient.neg();
            if (options.weight_decay != 0) gradient = gradient.add(parameter, alpha: options.weight_decay!.Value);
            state.square_avg.mul_(alpha).addcmul_(gradient, gradient, value: 1 - alpha);
            Tensor spread;
            if (options.centered!.Value)
            {
                state.grad_avg!.mul_(alpha).add_(gradient, alpha: 1 - alpha);
                spread = state.square_avg.addcmul(state.grad_avg, state.grad_avg, value: -1).sqrt_();
            }
            else
            {
                spread = state.square_avg.sqrt();
            }
            spread.add_(options.eps!.Value);
            if (momentum > 0) parameter.add_(state.momentum_buffer!.mul_(momentum).addcdiv_(gradient, spread), alpha: -lr);
            else parameter.addcdiv_(gradient, spread, value: -lr);
        }

        /// <summary>The running means of the gradient and its square, and the momentum.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor square_avg = null!;
            public Tensor? momentum_buffer;
            public Tensor? grad_avg;

            public State(Parameter parameter) : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options)
            {
                step = 0;
                square_avg = Zeros(square_avg);
                momentum_buffer = Zeros(momentum_buffer);
                grad_avg = Zeros(grad_avg);
            }

            public void Dispose() => Release();

            internal override void Visit(StateFields fields) =>
                fields.With(ref step).With(ref square_avg!).With(ref momentum_buffer, optional: true).With(ref grad_avg, optional: true);
        }

        /// <summary>As the constructor's arguments.</summary>
        public class Options : OptimizerOptions
        {
            public bool? maximize;
            public double? momentum;
            public double? alpha;
            public double? eps;
            public double? weight_decay;
            public bool? centered;

            internal override void Visit(OptionFields fields) =>
                fields.With(ref maximize).With(ref momentum).With(ref alpha).With(ref eps).With(ref weight_decay).With(ref centered);
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

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double eps = 1e-08, double alpha = 0.99, double weight_decay = 0, double momentum = 0.0, bool centered = false)
                : base(parameters, new Options { LearningRate = lr, eps = eps, alpha = alpha, weight_decay = weight_decay, momentum = momentum, centered = centered })
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
            public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
