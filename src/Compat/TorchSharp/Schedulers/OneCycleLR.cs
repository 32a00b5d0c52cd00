namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Smith and Topin 2017, https://arxiv.org/abs/1708.07120: up to the highest rate, then far below the first one; the momentum goes the other way.</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly record struct Range(double From, double To);

                    private readonly record struct Phase(double End, IList<Range> Rates, IList<Range> Momenta);

                    private readonly List<Phase> _phases = [];
                    private readonly int _total;
                    private readonly bool _cosine, _cycleMomentum;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Each(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, Each(optimizer, base_momentum), Each(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && Groups.Any(group => group is not (IMomentum or IBetas)))
                            throw new ArgumentException($"{optimizer.GetType().Name} has no momentum that could be cycled.", nameof(cycle_momentum));
                        if (!(pct_start >= 0 && pct_start <= 1)) throw new ArgumentException($"The share of the rise is in [0, 1], not {pct_start}.", nameof(pct_start));
                        _total = Steps(total_steps, epochs, steps_per_epoch);
                        _cosine = anneal_strategy == AnnealStrategy.Cos;
                        _cycleMomentum = cycle_momentum;

                        var highest = max_lr.ToList();
                        var first = highest.ConvertAll(rate => rate / div_factor);
                        var last = first.ConvertAll(rate => rate / final_div_factor);
                        var strong = (max_momentum ?? Each(optimizer, 0.95)).ToList();
                        var weak = (base_momentum ?? Each(optimizer, 0.85)).ToList();
                        _phases.Add(new(pct_start * _total - 1, Ranges(first, highest), Ranges(strong, weak)));
                        if (three_phase)
                        {
                            _phases.Add(new(2 * pct_start * _total - 2, Ranges(highest, first), Ranges(weak, strong)));
                            _phases.Add(new(_total - 1, Ranges(first, last), Ranges(strong, strong)));
                        }
                        else
                        {
                            _phases.Add(new(_total - 1, Ranges(highest, last), Ranges(weak, strong)));
                        }
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch > _total) throw new InvalidOperationException($"The cycle has {_total} steps; this would be step {_last_epoch + 1}.");
                        var place = _phases.FindIndex(candidate => _last_epoch <= candidate.End);
                        if (place < 0) place = _phases.Count - 1;
                        var phase = _phases[place];
                        var begin = place == 0 ? 0 : _phases[place - 1].End;
                        var share = (_last_epoch - begin) / (phase.End - begin);
                        if (_cycleMomentum)
                            foreach (var (group, momentum) in Groups.Zip(phase.Momenta)) SetMomentum(group, Between(momentum, share));
                        return phase.Rates.Select(rate => Between(rate, share));
                    }

                    private double Between(Range range, double share) => _cosine
                        ? range.To + (range.From - range.To) / 2.0 * (Math.Cos(Math.PI * share) + 1)
                        : (range.To - range.From) * share + range.From;

                    // Adam's momentum is the decay of its first moment.
                    private static void SetMomentum(ILearningRateController group, double momentum)
                    {
                        if (group is IBetas betas) betas.Betas = (momentum, betas.Betas.Item2);
                        else ((IMomentum)group).Momentum = momentum;
                    }

                    private static List<Range> Ranges(List<double> from, List<double> to) => from.Zip(to, (a, b) => new Range(a, b)).ToList();

                    private static IEnumerable<double> Each(Optimizer optimizer, double value) => optimizer.ParamGroups.Select(_ => value);

                    private static int Steps(int total, int epochs, int perEpoch)
                    {
                        if (total == -1 && epochs == -1 && perEpoch == -1)
                            throw new ArgumentException("Give total_steps, or epochs and steps_per_epoch.", nameof(total));
                        if (total != -1) return total > 0 ? total : throw new ArgumentException($"total_steps is above 0, not {total}.", nameof(total));
                        if (epochs <= 0 || perEpoch <= 0) throw new ArgumentException($"epochs and steps_per_epoch are above 0, not {epochs} and {perEpoch}.", nameof(epochs));
                        return epochs * perEpoch;
                    }

                    /// <summary>The curve between two rates.</summary>
                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }
                }
            }

            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            public static LRScheduler OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);
        }
    }
}
