using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimizers written in managed code share: groups, states and their files.</summary>
public abstract class OptimizerHelper : Optimizer
{
    protected OptimizerOptions _defaults = null!;

    /// <summary>By the handle of the parameter.</summary>
    protected OrderedDict<IntPtr, OptimizerState> _state = [];

    public OptimizerHelper()
    {
    }

    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Options ??= NewOptions();
        param_group.Options.FillFrom(_defaults);
        // Counted once: a lazy list of a network's parameters walks the whole network at every step.
        param_group.Parameters = param_group.Parameters.ToArray();
        foreach (var parameter in param_group.Parameters)
        {
            if (_state.ContainsKey(parameter.Handle)) throw new ArgumentException("A parameter was given twice.", nameof(param_group));
            var state = NewState(parameter);
            state.Initialize(param_group.Options);
            _state.Add(parameter.Handle, state);
        }
        _parameter_groups.Add(param_group);
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var places = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                places.Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter.Handle]);
            }
            dictionary.StateIndexRef.Add(places);
        }
        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        Fits(state_dict.Options.Count, state_dict.State.Count, own);
        foreach (var (target, source) in own.Options.Zip(state_dict.Options))
            if (!ReferenceEquals(target, source)) target.LoadStateDict(source);
        foreach (var (target, source) in own.State.Zip(state_dict.State))
            if (!ReferenceEquals(target, source)) target.LoadStateDict(source);
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var dictionary = state_dict();
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt(dictionary.Options.Count);
        writer.Write7BitEncodedInt(dictionary.State.Count);
        foreach (var options in dictionary.Options) options.SaveStateDict(writer);
        foreach (var state in dictionary.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var kind = reader.ReadString();
        if (kind != GetType().Name) throw new InvalidDataException($"The file holds the state of {kind}, not of {GetType().Name}.");
        var own = state_dict();
        Fits(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), own);
        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }

    public void to(Device device)
    {
        foreach (var (_, state) in _state) state.to(device);
    }

    /// <summary>Runs the closure, then the step of each group without gradient and in a dispose scope of its own.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var gradient = enable_grad();
            loss = loss_closure();
        }
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups) body((T)group);
        return loss;
    }

    internal override void Release()
    {
        foreach (var (_, state) in _state) state.Release();
        _state.Clear();
    }

    internal virtual OptimizerOptions NewOptions() => throw new NotImplementedException($"{GetType().Name} has to override {nameof(add_param_group)}.");

    internal virtual OptimizerState NewState(Parameter parameter) => throw new NotImplementedException($"{GetType().Name} has to override {nameof(add_param_group)}.");

    // What has a gradient, with its state. The gradients live in the scope of the step.
    internal IEnumerable<(Parameter Parameter, TState State, Tensor Gradient)> Pending<TState>(ParamGroup group) where TState : OptimizerState
    {
        foreach (var parameter in group.Parameters)
            if (parameter.grad is { } gradient) yield return (parameter, (TState)_state[parameter.Handle], gradient);
    }

    internal void Start(OptimizerOptions defaults, double lr, IEnumerable<ParamGroup> groups)
    {
        defaults.LearningRate = defaults.InitialLearningRate = lr;
        _defaults = defaults;
        foreach (var group in groups) add_param_group(group);
    }

    internal static void AtLeastZero(double value, string name)
    {
        if (!(value >= 0)) throw new ArgumentException($"{name} is 0 or more, not {value}.", name);
    }

    internal static void Share(double value, string name)
    {
        if (!(value >= 0 && value < 1)) throw new ArgumentException($"{name} is in [0, 1), not {value}.", name);
    }

    private static void Fits(int groups, int states, StateDictionary own)
    {
        if (groups != own.Options.Count) throw new ArgumentException($"The state has {groups} groups of parameters, the optimizer {own.Options.Count}.");
        if (states != own.State.Count) throw new ArgumentException($"The state has {states} parameters, the optimizer {own.State.Count}.");
    }
}
