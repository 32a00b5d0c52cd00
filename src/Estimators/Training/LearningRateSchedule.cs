using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>
/// How the learning rate changes while training: a factor in [0, 1] on the options' learning rate, computed anew for every
/// optimizer step from how far training has come, measured in epochs (2.5 is the middle of the third).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantRate), "constant")]
[JsonDerivedType(typeof(StepRate), "step")]
[JsonDerivedType(typeof(InverseDecayRate), "inverseDecay")]
[JsonDerivedType(typeof(ExponentialRate), "exponential")]
[JsonDerivedType(typeof(CosineRate), "cosine")]
[JsonDerivedType(typeof(OneCycleRate), "oneCycle")]
public abstract record LearningRateSchedule
{
    // Closed: a model file names its schedule, so the schedules there are must be known to whoever reads it.
    private LearningRateSchedule() { }

    /// <summary>The rate stays as it is.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantRate();

    /// <summary>rate · gamma ^ floor(epoch / every): the step formula.</summary>
    /// <param name="every">Epochs between two steps, above 0.</param>
    /// <param name="gamma">Factor of one step, in (0, 1].</param>
    public static LearningRateSchedule Step(int every, double gamma = 0.1) => new StepRate(every, gamma);

    /// <summary>rate · (1 + gamma · epoch) ^ −power: inverse decay.</summary>
    /// <param name="gamma">Speed of the decay, at least 0.</param>
    /// <param name="power">At least 0.</param>
    public static LearningRateSchedule InverseDecay(double gamma, double power = 1) => new InverseDecayRate(gamma, power);

    /// <summary>rate · gamma ^ epoch.</summary>
    /// <param name="gamma">Factor of one epoch, in (0, 1].</param>
    public static LearningRateSchedule Exponential(double gamma) => new ExponentialRate(gamma);

    /// <summary>Half a cosine from the full rate down to <paramref name="floor"/> of it (Loshchilov and Hutter, 2017, https://arxiv.org/abs/1608.03983).</summary>
    /// <param name="warmup">Share of the training, in [0, 1), in which the rate first rises linearly from 0.</param>
    /// <param name="floor">The factor at the end, in [0, 1].</param>
    public static LearningRateSchedule Cosine(double warmup = 0, double floor = 0) => new CosineRate(warmup, floor);

    /// <summary>
    /// One cycle (Smith and Topin, 2018, https://arxiv.org/abs/1708.07120): up from 1/25 of the rate to the full rate and down to
    /// 1/250,000 of it, both along a cosine. As PyTorch's OneCycleLR with its defaults, without the cycle of the momentum; PyTorch is at the top
    /// and at the end one step earlier.
    /// </summary>
    /// <param name="rise">Share of the training, in (0, 1), in which the rate rises.</param>
    public static LearningRateSchedule OneCycle(double rise = 0.3) => new OneCycleRate(rise);

    /// <summary>The factor at a point of the training.</summary>
    /// <param name="epoch">Epochs done, in [0, <paramref name="epochs"/>], with the fraction of the running one.</param>
    /// <param name="epochs">Epochs in all.</param>
    public abstract double Factor(double epoch, int epochs);

    internal abstract IEnumerable<string> Problems();

    private protected static IEnumerable<string> Check(bool holds, string name, string wanted, double got)
    {
        if (!holds)
            yield return $"the schedule's {name} must be {wanted}; it is {got}";
    }

    internal sealed record ConstantRate : LearningRateSchedule
    {
        public override double Factor(double epoch, int epochs) => 1;

        internal override IEnumerable<string> Problems() => [];
    }

    internal sealed record StepRate(int Every, double Gamma) : LearningRateSchedule
    {
        public override double Factor(double epoch, int epochs) => Math.Pow(Gamma, Math.Floor(epoch / Every));

        internal override IEnumerable<string> Problems() =>
            [.. Check(Every > 0, "every", "above 0", Every), .. Check(Gamma is > 0 and <= 1, "gamma", "in (0, 1]", Gamma)];
    }

    internal sealed record InverseDecayRate(double Gamma, double Power) : LearningRateSchedule
    {
        public override double Factor(double epoch, int epochs) => Math.Pow(1 + (Gamma * epoch), -Power);

        internal override IEnumerable<string> Problems() =>
            [.. Check(Gamma >= 0 && double.IsFinite(Gamma), "gamma", "at least 0 and finite", Gamma), .. Check(Power >= 0 && double.IsFinite(Power), "power", "at least 0 and finite", Power)];
    }

    internal sealed record ExponentialRate(double Gamma) : LearningRateSchedule
    {
        public override double Factor(double epoch, int epochs) => Math.Pow(Gamma, epoch);

        internal override IEnumerable<string> Problems() => Check(Gamma is > 0 and <= 1, "gamma", "in (0, 1]", Gamma);
    }

    internal sealed record CosineRate(double Warmup, double Floor) : LearningRateSchedule
    {
        public override double Factor(double epoch, int epochs)
        {
            var done = epoch / epochs;
            return done < Warmup ? done / Warmup : Anneal(1, Floor, (done - Warmup) / (1 - Warmup));
        }

        internal override IEnumerable<string> Problems() =>
            [.. Check(Warmup is >= 0 and < 1, "warmup", "in [0, 1)", Warmup), .. Check(Floor is >= 0 and <= 1, "floor", "in [0, 1]", Floor)];
    }

    internal sealed record OneCycleRate(double Rise) : LearningRateSchedule
    {
        private const double Start = 1.0 / 25;
        private const double End = Start / 1e4;

        public override double Factor(double epoch, int epochs)
        {
            var done = epoch / epochs;
            return done < Rise ? Anneal(Start, 1, done / Rise) : Anneal(1, End, (done - Rise) / (1 - Rise));
        }

        internal override IEnumerable<string> Problems() => Check(Rise is > 0 and < 1, "rise", "in (0, 1)", Rise);
    }

    private static double Anneal(double from, double to, double part) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
}
