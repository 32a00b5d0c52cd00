using Fovea.Autoencoding;
using Fovea.Classification;
using Fovea.Detection;
using Fovea.Generation;
using Fovea.Segmentation;
using Fovea.Storage;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Fovea;

public sealed partial class VisionCatalog
{
    /// <summary>
    /// Writes a trained model to one file, at once or not at all: a file that was there stays until the new one is complete.
    /// In a chain the ML.NET transformers before and after the vision model are written with it, by ML.NET. (What
    /// <c>ml.Model.Save</c> makes of such a model, see <see cref="CnnTransformer"/>.)
    /// </summary>
    /// <param name="model">What a trainer of <c>ml.Vision</c> made, or a chain that holds exactly one such model.</param>
    /// <param name="path">The file; by custom <c>.fovea</c>.</param>
    /// <exception cref="ArgumentException">There is no vision model in it, or several, or a transformer that ML.NET cannot save.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(ITransformer model, string path) => Registry(null, ComputeDevice.Auto).Save(_ml, model, path);

    /// <summary>
    /// Reads a model that <see cref="Save"/> wrote: the vision model as its own type where it was alone, else the chain, flat and
    /// in the same order. Who loads it disposes it. What ML.NET transformers a chain has is up to the file, and they are read by
    /// ML.NET, which for a custom mapping loads the assembly that the file names; load chains only from whom you trust.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where it shall run.</param>
    /// <param name="network">The factory of its network, where it was trained with a network of your own.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no model of this library, damaged, of a newer version, does not fit the network, or has a chain that ML.NET cannot read.</exception>
    public ITransformer Load(string path, ComputeDevice device = default, Func<NetworkInput, nn.Module<Tensor, Tensor>>? network = null) =>
        Registry(network, device).Load(_ml, path);

    /// <summary>Reads a classifier that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The factory of its network, where it was trained with <see cref="CnnOptions.Network"/>.</param>
    /// <param name="device">Where it shall run.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no classifier, a chain, damaged, of a newer version, or does not fit the network.</exception>
    public CnnTransformer LoadCnn(string path, Func<NetworkInput, nn.Module<Tensor, Tensor>>? network = null, ComputeDevice device = default)
    {
        var model = Load(path, device, network);
        if (model is CnnTransformer cnn)
            return cnn;
        (model as IDisposable)?.Dispose();
        throw new InvalidDataException($"'{path}' holds no classifier alone but a {model.GetType().Name.Split('`')[0]}; ml.Vision.Load reads it.");
    }

    private static ModelRegistry Registry(Func<NetworkInput, nn.Module<Tensor, Tensor>>? network, ComputeDevice device) => new ModelRegistry()
        .Add(CnnTransformer.Kind, (_, stored) => CnnModel.Load(stored, network, device))
        .Add(SegmentationTransformer.Kind, (_, stored) => SegmentationModel.Load(stored, device))
        .Add(DetectionTransformer.Kind, (_, stored) => DetectionModel.Load(stored, device))
        .Add(GanTransformer.Kind, (_, stored) => GanModel.Load(stored, device))
        .Add(AutoencoderTransformer.Kind, (_, stored) => AutoencoderModel.Load(stored, device));
}
