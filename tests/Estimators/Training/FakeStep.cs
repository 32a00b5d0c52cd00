using Fovea.Data;
using Fovea.Training;
using static TorchSharp.torch;

namespace Fovea.Tests.Training;

/// <summary>
/// A step without learning: every training step adds 1 to the network's one weight, and a script says what is measured.
/// Everything that is asked of it is written down.
/// </summary>
internal sealed class FakeStep : ITrainingStep<int[]>, IDisposable
{
    private readonly Weighing _network = new();

    public List<string> Calls { get; } = [];

    /// <summary>The rates of the steps.</summary>
    public List<double> Rates { get; } = [];

    /// <summary>One number of the process's generator at each training step.</summary>
    public List<float> Drawn { get; } = [];

    /// <summary>The mean loss of a training batch, by its rows.</summary>
    public Func<int[], double> Loss { get; set; } = _ => 1;

    /// <summary>The mean loss of a validation batch, by the weight.</summary>
    public Func<double, double> ValidationLoss { get; set; } = _ => 1;

    /// <summary>Done in every training step.</summary>
    public Action OnTrain { get; set; } = () => { };

    /// <summary>Done in every validation step.</summary>
    public Action OnValidate { get; set; } = () => { };

    /// <summary>What a training step adds to the weight.</summary>
    public double Change { get; set; } = 1;

    public double Weight
    {
        get => _network.weight.item<double>();
        set => _network.weight.detach().fill_(value);
    }

    public double Buffer => _network.buffer.item<double>();

    public nn.Module Network => _network;

    public IReadOnlyList<string> Measures => [Measure.Loss, Measure.Accuracy];

    public Tensor Train(int[] batch, double rate)
    {
        Assert.True(_network.training);
        Calls.Add($"train {string.Join(',', batch)}");
        Rates.Add(rate);
        Drawn.Add(rand(1).item<float>());
        OnTrain();
        Weight += Change;
        using (no_grad())
            _network.buffer.add_(1);
        return Sums(Loss(batch), batch);
    }

    public Tensor Validate(int[] batch)
    {
        Assert.False(_network.training);
        Assert.False(is_grad_enabled());
        Calls.Add($"validate {string.Join(',', batch)}");
        OnValidate();
        return Sums(ValidationLoss(Weight), batch);
    }

    public int CountOf(int[] batch) => batch.Length;

    public bool IsBetter(IReadOnlyDictionary<string, double> candidate, IReadOnlyDictionary<string, double> best) => candidate[Measure.Loss] < best[Measure.Loss];

    public void Dispose() => _network.Dispose();

    // The second measure: how many rows have an even number.
    private static Tensor Sums(double loss, int[] batch) => tensor(new[] { (float)(loss * batch.Length), batch.Count(row => row % 2 == 0) });

    private sealed class Weighing : nn.Module<Tensor, Tensor>
    {
        public readonly TorchSharp.Modules.Parameter weight = new(zeros(1, ScalarType.Float64));
        public readonly Tensor buffer = zeros(1, ScalarType.Float64);

        public Weighing() : base(nameof(Weighing)) => RegisterComponents();

        public override Tensor forward(Tensor x) => x * weight;
    }
}

/// <summary>Batches of row numbers, the same in every epoch.</summary>
internal sealed class FakeSource(FakeStep step, string name, params int[][] batches) : IBatchSource<int[]>
{
    /// <summary>Done before a batch is given; may throw.</summary>
    public Action<int, CancellationToken> OnBatch { get; set; } = (_, _) => { };

    public int Count => batches.Sum(b => b.Length);

    public int BatchesPerEpoch => batches.Length;

    public IEnumerable<int[]> Epoch(int epoch, CancellationToken cancellation)
    {
        step.Calls.Add($"{name} {epoch}");
        for (var i = 0; i < batches.Length; i++)
        {
            OnBatch(i, cancellation);
            yield return batches[i];
        }
    }
}

/// <summary>A clock that a test moves.</summary>
internal sealed class FakeTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(double milliseconds) => _ticks += (long)(milliseconds * TimeSpan.TicksPerMillisecond);
}

/// <summary>Keeps what is reported, on the thread that reports it.</summary>
internal sealed class Reports : IProgress<TrainingProgress>
{
    public List<TrainingProgress> All { get; } = [];

    public Action<TrainingProgress> OnReport { get; set; } = _ => { };

    public IEnumerable<TrainingProgress> Completed => All.Where(r => r.Completed is not null);

    public void Report(TrainingProgress value)
    {
        All.Add(value);
        OnReport(value);
    }
}
