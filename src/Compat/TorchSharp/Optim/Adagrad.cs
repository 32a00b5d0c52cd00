using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Duchi et al. 2011, https://jmlr.org/papers/v12/duchi11a.html: steps divided by the root of the sum of all squared gradients.</summary>
    public class Adagrad : OptimizerHelper
    {
        public Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
            : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
        {
        }

        public Adagrad(IEnumerable<ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
        {
            AtLeastZero(lr, nameof(lr));
            AtLeastZero(lr_decay, nameof(lr_decay));
            AtLeastZero(weight_decay, nameof(weight_decay));
            AtLeastZero(initial_accumulator_value, nameof(initial_accumulator_value));
            AtLeastZero(eps, nameof(eps));
            Start(new Options { lr_decay = lr_decay, initial_accumulator_value = initial_accumulator_value, eps = eps, weight_decay = weight_decay }, lr, parameters);
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
            state.step++;
            if (options.weight_decay != 0) gradient = gradient.add(parameter, alpha: options.weight_decay!.Value);
            var lr = options.LearningRate!.Value / (1 + (state.step - 1) * options.lr_decay!.Value);
            state.sum.addcmul_(gradient, gradient, value: 1);
            parameter.addcdiv_(gradient, state.sum.sqrt().add_(options.eps!.Value), value: -lr);
        }

        /// <summary>The sum of the squared gradients.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor sum = null!;

            public State(Parameter parameter) : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options)
            {
                step = 0;
                sum = Zeros(sum);
                sum.fill_(((Options)options).initial_accumulator_value!.Value);
            }

            public void Dispose() => Release();

            internal override void Visit(StateFields fields) => fields.With(ref step).With(ref sum!);
        }

        /// <summary>As the constructor's arguments.</summary>
        public class Options : OptimizerOptions
        {
            public double? lr_decay;
            public double? initial_accumulator_value;
            public double? eps;
            public double? weight_decay;

            internal override void Visit(OptionFields fields) =>
                fields.With(ref lr_decay).With(ref initial_accumulator_value).With(ref eps).With(ref weight_decay);
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
                : base(parameters, new Options { LearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps })
            {
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
            public static Adagrad Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters.Select(entry => entry.parameter), lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(IEnumerable<Adagrad.ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        }
    }
}
