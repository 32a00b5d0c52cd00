namespace Microsoft.ML;

/// <summary>Writes itself into a model file.</summary>
public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}
