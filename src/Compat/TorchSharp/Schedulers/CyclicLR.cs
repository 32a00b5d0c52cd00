namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Smith 2015, https://arxiv.org/abs/1506.01186: up and down between two rates; the momentum goes the other way.</summary>
                public class CyclicLR : LRScheduler
                {
                    private readonly List<double> _lowest, _highest, _weak = [], _strong = [];
                    private readonly double _length, _rise;
                    private readonly Func<double, double> _scale;
                    private readonly bool _byCycle;

                    public CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Each(optimizer, base_lr), Each(optimizer, max_lr), step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, Each(optimizer, base_momentum), Each(optimizer, max_momentum), last_epoch, verbose)
                    {
                    }

                    public CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _lowest = base_lr.ToList();
                        _highest = max_lr.ToList();
                        _length = step_size_up + (step_size_down == -1 ? step_size_up : step_size_down);
                        _rise = step_size_up / _length;
                        _scale = scale_fn ?? mode switch
                        {
                            Mode.Triangular2 => cycle => 1 / Math.Pow(2, cycle - 1),
                            Mode.ExpRange => iteration => Math.Pow(gamma, iteration),
                            _ => _ => 1,
                        };
                        _byCycle = scale_fn is null ? mode != Mode.ExpRange : scale_mode == ScaleMode.Cycle;
                        if (cycle_momentum)
                        {
                            if (Groups.Any(group => group is not IMomentum))
                                throw new ArgumentException($"{optimizer.GetType().Name} has no momentum that could be cycled.", nameof(cycle_momentum));
                            _weak = (base_momentum ?? Each(optimizer, 0.8)).ToList();
                            _strong = (max_momentum ?? Each(optimizer, 0.9)).ToList();
                        }
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + _last_epoch / _length);
                        var place = 1 + _last_epoch / _length - cycle;
                        var height = place <= _rise ? place / _rise : (place - 1) / (_rise - 1);
                        var scale = _scale(_byCycle ? cycle : _last_epoch);
                        foreach (var (group, (weak, strong)) in Groups.Zip(_weak.Zip(_strong)))
                            ((IMomentum)group).Momentum = strong - (strong - weak) * height * scale;
                        return _lowest.Zip(_highest, (low, high) => low + (high - low) * height * scale);
                    }

                    private static IEnumerable<double> Each(Optimizer optimizer, double value) => optimizer.ParamGroups.Select(_ => value);

                    /// <summary>How the height changes from cycle to cycle: not, halved, or times gamma every step.</summary>
                    public enum Mode
                    {
                        Triangular,
                        Triangular2,
                        ExpRange,
                    }

                    /// <summary>What the scale function gets: the number of the cycle, or of the step.</summary>
                    public enum ScaleMode
                    {
                        Cycle,
                        Iterations,
                    }
                }
            }

            public static LRScheduler CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, impl.CyclicLR.Mode mode = impl.CyclicLR.Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, impl.CyclicLR.ScaleMode scale_mode = impl.CyclicLR.ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1, bool verbose = false) =>
                new impl.CyclicLR(optimizer, base_lr, max_lr, step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, base_momentum, max_momentum, last_epoch, verbose);

            public static LRScheduler CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1, impl.CyclicLR.Mode mode = impl.CyclicLR.Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, impl.CyclicLR.ScaleMode scale_mode = impl.CyclicLR.ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false) =>
                new impl.CyclicLR(optimizer, base_lr, max_lr, step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, base_momentum, max_momentum, last_epoch, verbose);
        }
    }
}
