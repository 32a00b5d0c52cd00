namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Times factor when a metric has not become better for more than patience steps.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _falling, _relative;
                    private readonly double _factor, _threshold, _least;
                    private readonly int _patience, _cooldown;
                    private readonly IList<double> _minimum;
                    private double _best;
                    private int _bad, _cooling;

                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 0.0001, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-08, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (!(factor < 1)) throw new ArgumentException($"The factor is below 1, not {factor}.", nameof(factor));
                        _falling = OneOf(mode, "min", "max", nameof(mode));
                        _relative = OneOf(threshold_mode, "rel", "abs", nameof(threshold_mode));
                        _factor = factor;
                        _patience = patience;
                        _threshold = threshold;
                        _cooldown = cooldown;
                        _least = eps;
                        _minimum = min_lr is { Count: > 1 } ? min_lr : Enumerable.Repeat(min_lr is { Count: 1 } ? min_lr[0] : 0, _base_lrs.Count).ToList();
                        _best = _falling ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step(double current, int? epoch = null)
                    {
                        _last_epoch = epoch ?? _last_epoch + 1;
                        if (IsBetter(current))
                        {
                            _best = current;
                            _bad = 0;
                        }
                        else
                        {
                            _bad++;
                        }
                        if (_cooling > 0)
                        {
                            _cooling--;
                            _bad = 0;
                        }
                        if (_bad > _patience)
                        {
                            Reduce();
                            _cooling = _cooldown;
                            _bad = 0;
                        }
                        Report(Groups.Select(group => group.LearningRate).ToList());
                    }

                    public override void step() => throw WithoutMetric();

                    public override void step(int? epoch) => throw WithoutMetric();

                    private bool IsBetter(double value)
                    {
                        var change = _falling ? -_threshold : _threshold;
                        var bound = _relative ? _best * (1 + change) : _best + change;
                        return _falling ? value < bound : value > bound;
                    }

                    private void Reduce()
                    {
                        foreach (var (group, minimum) in Groups.Zip(_minimum))
                        {
                            var rate = Math.Max(group.LearningRate * _factor, minimum);
                            if (group.LearningRate - rate > _least) group.LearningRate = rate;
                        }
                    }

                    private static bool OneOf(string value, string first, string second, string name) =>
                        value == first || (value == second ? false : throw new ArgumentException($"{name} is '{first}' or '{second}', not '{value}'.", name));

                    private static InvalidOperationException WithoutMetric() => new("ReduceLROnPlateau needs the metric: step(value).");
                }
            }

            public static LRScheduler ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 0.0001, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-08, bool verbose = false) =>
                new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, verbose);
        }
    }
}
