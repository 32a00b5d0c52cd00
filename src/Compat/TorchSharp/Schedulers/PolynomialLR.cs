namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>To 0 in total_iters steps, by (1 - step / total_iters) ^ power.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly double _total;
                    private readonly double _power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        _total = total_iters;
                        _power = power;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => _last_epoch == 0 || _last_epoch > _total
                        ? Scaled(1)
                        : Scaled(Math.Pow((1 - _last_epoch / _total) / (1 - (_last_epoch - 1) / _total), _power));

                    protected override IEnumerable<double> get_closed_form_lr() => ScaledBase(Math.Pow(1 - Math.Min(_total, _last_epoch) / _total, _power));
                }
            }

            public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false) => new impl.PolynomialLR(optimizer, total_iters, power, last_epoch, verbose);
        }
    }
}
