namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Loshchilov and Hutter 2016, https://arxiv.org/abs/1608.03983: half a cosine down to eta_min in T_max steps, and up again after them.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period;
                    private readonly double _least;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        _period = T_max;
                        _least = eta_min;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0) return Scaled(1);
                        // At the foot of the curve the rate says nothing about the way up.
                        if ((_last_epoch - 1 - _period) % (2 * _period) == 0)
                            return Groups.Zip(_base_lrs, (group, rate) => group.LearningRate + (rate - _least) * (1 - Math.Cos(Math.PI / _period)) / 2);
                        var ratio = (1 + Math.Cos(Math.PI * _last_epoch / _period)) / (1 + Math.Cos(Math.PI * (_last_epoch - 1) / _period));
                        return Groups.Select(group => ratio * (group.LearningRate - _least) + _least);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() => _base_lrs.Select(rate => _least + (rate - _least) * (1 + Math.Cos(Math.PI * _last_epoch / _period)) / 2);
                }
            }

            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) => new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);
        }
    }
}
