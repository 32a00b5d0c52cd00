namespace TorchSharp.Modules;

/// <summary>The options of a group; null takes the optimizer's own.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    /// <summary>The rate that a schedule starts from.</summary>
    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
        Visit(new OptionFields.Writing(writer));
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
        Visit(new OptionFields.Reading(reader));
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
        Visit(new OptionFields.Copying(source, onlyMissing: false));
    }

    internal void FillFrom(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        InitialLearningRate = LearningRate!.Value;
        Visit(new OptionFields.Copying(defaults, onlyMissing: true));
    }

    /// <summary>Shows every further option, in the order of the file format.</summary>
    internal virtual void Visit(OptionFields fields)
    {
    }
}
