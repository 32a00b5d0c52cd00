using Microsoft.ML;

namespace Fovea.Storage;

/// <summary>A model of this library: what <c>ml.Vision.Save</c> can write. Each room's transformer is one.</summary>
internal interface IStorable : ITransformer
{
    /// <summary>What the file says about the model besides its weights.</summary>
    ModelDescription Describe();

    /// <summary>The weights by PyTorch's key names, in the order of the network. They stay the model's.</summary>
    IReadOnlyDictionary<string, TorchSharp.torch.Tensor> Weights();
}
