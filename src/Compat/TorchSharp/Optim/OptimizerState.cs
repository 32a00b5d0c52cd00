using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    public abstract void Initialize(OptimizerOptions options);

    public virtual void SaveStateDict(BinaryWriter writer) => Visit(new StateFields.Writing(writer));

    public virtual void LoadStateDict(BinaryReader reader) => Visit(new StateFields.Reading(reader, _parameter.device));

    public virtual void LoadStateDict(OptimizerState source) => Visit(new StateFields.Copying(source, _parameter.device));

    public virtual bool ApproximatelyEquals(OptimizerState other)
    {
        if (other.GetType() != GetType()) return false;
        var comparison = new StateFields.Comparing(other);
        Visit(comparison);
        return comparison.Same;
    }

    public virtual void to(Device device) => Visit(new StateFields.Moving(device));

    /// <summary>Shows everything remembered, in the order of the file format.</summary>
    internal virtual void Visit(StateFields fields)
    {
    }

    internal void Release() => Visit(new StateFields.Releasing());

    // State outlives the step that makes it, whatever scope the step runs in.
    internal Tensor Zeros(Tensor? previous)
    {
        previous?.Dispose();
        return zeros_like(_parameter, requires_grad: false).DetachFromDisposeScope();
    }
}
