namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rate schedules. Each sets the rates of its optimizer's groups when it is made and at every step.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>The base of every schedule.</summary>
            public abstract class LRScheduler
            {
                protected int _step_count;

                internal readonly Optimizer _optimizer = null!;
                internal IList<double> _base_lrs = [];
                internal IList<double> _last_lrs = [];
                internal int _last_epoch = -1;
                private readonly bool _verbose;

                protected LRScheduler()
                {
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _last_epoch = last_epoch;
                    _verbose = verbose;
                    _base_lrs = Groups.Select(group => group.InitialLearningRate).ToList();
                    _last_lrs = Groups.Select(group => group.LearningRate).ToList();
                }

                internal IEnumerable<ILearningRateController> Groups => _optimizer.ParamGroups;

                public IEnumerable<double> get_last_lr() => _last_lrs;

                public virtual void step() => step(null);

                /// <summary>Goes on by one, or to <paramref name="epoch"/> where the schedule can jump.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToList();
                    foreach (var (group, rate) in Groups.Zip(rates)) group.LearningRate = rate;
                    Report(rates);
                }

                /// <param name="current">The metric that <see cref="impl.ReduceLROnPlateau"/> watches; other schedules do without.</param>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                protected virtual IEnumerable<double> get_lr() => Groups.Select(group => group.LearningRate);

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                internal IEnumerable<double> Scaled(double factor) => Groups.Select(group => group.LearningRate * factor);

                internal IEnumerable<double> ScaledBase(double factor) => _base_lrs.Select(rate => rate * factor);

                internal void Report(IList<double> rates)
                {
                    if (_verbose && !rates.SequenceEqual(_last_lrs)) Console.WriteLine($"Learning rate {string.Join(", ", rates)} from step {_last_epoch} on");
                    _last_lrs = rates;
                }
            }

            /// <summary>The kinds of schedules.</summary>
            public static partial class impl
            {
            }
        }
    }
}
