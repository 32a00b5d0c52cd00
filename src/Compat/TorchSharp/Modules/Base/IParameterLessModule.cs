namespace TorchSharp.Modules;

/// <summary>Marks the layers that have no parameters and no buffers.</summary>
public interface IParameterLessModule
{
    internal static InvalidOperationException Refuse(string kind, string name, torch.nn.Module module) =>
        new($"{module.GetName()} is declared to have no parameters; the {kind} '{name}' cannot be registered in it.");
}
