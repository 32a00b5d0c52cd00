namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>From start_factor to end_factor in total_iters even steps.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start;
                    private readonly double _end;
                    private readonly int _total;

                    public LinearLR(Optimizer optimizer, double start_factor = 0.3333333333333333, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        _start = start_factor;
                        _end = end_factor;
                        _total = total_iters;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => _last_epoch switch
                    {
                        0 => Scaled(_start),
                        var epoch when epoch > _total => Scaled(1),
                        var epoch => Scaled(1 + (_end - _start) / (_total * _start + (epoch - 1) * (_end - _start))),
                    };

                    protected override IEnumerable<double> get_closed_form_lr() => ScaledBase(_start + (_end - _start) * Math.Min(_total, _last_epoch) / _total);
                }
            }

            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 0.3333333333333333, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) => new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);
        }
    }
}
