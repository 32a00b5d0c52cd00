namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Several schedules in turn: the next one takes over at each milestone and starts from its own step 0.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) : base(optimizer, last_epoch + 1, false)
                    {
                        _schedulers = schedulers.ToArray();
                        _milestones = milestones.ToArray();
                        if (_schedulers.Any(scheduler => !ReferenceEquals(scheduler._optimizer, optimizer)))
                            throw new ArgumentException("The schedules have to belong to the same optimizer.", nameof(schedulers));
                        if (_milestones.Length != _schedulers.Length - 1)
                            throw new ArgumentException($"{_schedulers.Length} schedules need {_schedulers.Length - 1} milestones, not {_milestones.Length}.", nameof(milestones));
                        // Each schedule set its first rate when it was made; only that of the first one counts.
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var scheduler in _schedulers) scheduler._last_epoch--;
                        _schedulers[0].step();
                        _last_lrs = _schedulers[0]._last_lrs;
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var turn = _milestones.Count(milestone => milestone <= _last_epoch);
                        var begins = turn > 0 && _milestones[turn - 1] == _last_epoch;
                        _schedulers[turn].step(begins ? 0 : null);
                        return Scaled(1);
                    }
                }
            }

            public static LRScheduler SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) =>
                new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);
        }
    }
}
