using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules
{
    /// <summary>Kingma and Ba 2014, https://arxiv.org/abs/1412.6980; AMSGrad by Reddi et al. 2018 where asked for.</summary>
    public class Adam : OptimizerHelper, IBetas
    {
        public Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            AtLeastZero(lr, nameof(lr));
            AtLeastZero(eps, nameof(eps));
            Share(beta1, nameof(beta1));
            Share(beta2, nameof(beta2));
            AtLeastZero(weight_decay, nameof(weight_decay));
            Start(new Options { beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize }, lr, parameters);
        }

        public (double, double) Betas
        {
            get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
            set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

        internal override OptimizerOptions NewOptions() => new Options();

        internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private void Step(ParamGroup group)
        {
            var numbers = group.Options.Numbers();
            using var fused = FusedStep<State>.Of(group, _state);
            if (fused is not null)
                numbers.Step(fused, state => state.step++, state => (state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq));
            else
                foreach (var (parameter, state, gradient) in Pending<State>(group))
                    numbers.Step(++state.step, parameter, gradient, state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq);
        }

        /// <summary>The running means of the gradient and its square.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor exp_avg = null!;
            public Tensor exp_avg_sq = null!;
            public Tensor? max_exp_avg_sq;

            public State(Parameter parameter) : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options)
            {
                step = 0;
                exp_avg = Zeros(exp_avg);
                exp_avg_sq = Zeros(exp_avg_sq);
                max_exp_avg_sq = ((Options)options).amsgrad!.Value ? Zeros(max_exp_avg_sq) : null;
            }

            public void Dispose() => Release();

            internal override void Visit(StateFields fields) =>
                fields.With(ref step).With(ref exp_avg!).With(ref exp_avg_sq!).With(ref max_exp_avg_sq, optional: true);
        }

        /// <summary>As the constructor's arguments.</summary>
        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? eps;
            public double? weight_decay;
            public bool? amsgrad;
            public bool? maximize;

            internal AdamNumbers Numbers() => new(LearningRate!.Value, beta1!.Value, beta2!.Value, eps!.Value, weight_decay!.Value, amsgrad!.Value, maximize!.Value, Decoupled: false);

            internal override void Visit(OptionFields fields) =>
                fields.With(ref beta1).With(ref beta2).With(ref eps).With(ref weight_decay).With(ref amsgrad).With(ref maximize);
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, IBetas
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
            {
            }

            public (double, double) Betas
            {
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = value;
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
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
