namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Times gamma every step_size steps.</summary>
                public class StepLR : LRScheduler
                {
                    private readonly int _every;
                    private readonly double _gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        _every = step_size;
                        _gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(_last_epoch == 0 || _last_epoch % _every != 0 ? 1 : _gamma);

                    protected override IEnumerable<double> get_closed_form_lr() => ScaledBase(Math.Pow(_gamma, _last_epoch / _every));
                }
            }

            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) => new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);
        }
    }
}
