using System.Globalization;
using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Data;
using Fovea.Storage;
using Fovea.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace Fovea.Benchmarks;

/// <summary>Fovea's side of the prediction's measurement: a ResNet-18 from decoded pixels to probabilities, as <see cref="CnnTransformer"/> does it.</summary>
internal static class PredictionSide
{
    /// <summary>Height and width of the images.</summary>
    public const int Size = 224;

    private const int Classes = 1000;

    /// <summary>Writes weights.safetensors of a network whose norms have seen images, images.safetensors, a saved model and an image file.</summary>
    public static void WriteFiles(string folder, int images)
    {
        manual_seed(0);
        using var scope = NewDisposeScope();
        var network = NetworkAttribute.Of(CnnArchitecture.ResNet18).Create(new NetworkInput(3, Size, Size, Classes, 0));
        var pixels = randint(0, 256, [images, 3, Size, Size], ScalarType.Byte);
        using (no_grad())
            for (var i = 0; i < 10; i++)
                network.call(Normalizer().Normalize(pixels.narrow(0, 0, 8)));
        // As sure of itself as a trained network: of logits near zero all probabilities would be equal, whatever was computed.
        using (no_grad())
            network.get_parameter("fc.weight")!.mul_(50);
        SafetensorsFile.Write(Path.Combine(folder, "weights.safetensors"), network.state_dict());
        SafetensorsFile.Write(Path.Combine(folder, "images.safetensors"), new Dictionary<string, Tensor> { ["images"] = pixels });
        using var model = Model(network, Precision.Auto);
        new MLContext(0).Vision.Save(model, Path.Combine(folder, "model.fovea"));
        using var picture = MLImage.CreateFromPixels(Size, Size, MLPixelFormat.Bgra32, [.. Enumerable.Range(0, Size * Size).SelectMany(i => (byte[])[(byte)i, (byte)(i >> 3), (byte)(i >> 6), 255])]);
        picture.Save(Path.Combine(folder, "image.png"));
    }

    /// <param name="folder">Has those files.</param>
    /// <param name="batch">Images together.</param>
    /// <param name="precision">Of the model's options.</param>
    public static void Serve(string folder, int batch, Precision precision)
    {
        var network = NetworkAttribute.Of(CnnArchitecture.ResNet18).Create(new NetworkInput(3, Size, Size, Classes, 0));
        var weights = SafetensorsFile.Read(Path.Combine(folder, "weights.safetensors"));
        network.load_state_dict(weights);
        foreach (var weight in weights.Values)
            weight.Dispose();
        using var model = Model(network, precision);
        // As the batch collector lays them out: (N, C, H, W) in the memory of (N, H, W, C).
        var images = SafetensorsFile.Read(Path.Combine(folder, "images.safetensors"))["images"].narrow(0, 0, batch).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        ITensorPredictor<ClassPrediction> predictor = model;
        SideServer.Serve(SideServer.Ready(FoldedConvolutions.Choose(precision, network, CPU)), () => predictor.Predict(images), ("answer", () => predictor.Predict(images).Select(p => p.Scores.Skip(p.Offset).Take(Classes))));
    }

    /// <summary>One image by a saved model, as a program that has just started does it.</summary>
    public static void First(string folder)
    {
        var ml = new MLContext(0);
        using var model = ml.Vision.LoadCnn(Path.Combine(folder, "model.fovea"));
        using var engine = ml.Model.CreatePredictionEngine<Picture, Answer>(model);
        Console.WriteLine(engine.Predict(new Picture { Image = Path.Combine(folder, "image.png") }).PredictedLabel);
    }

    private static CnnTransformer Model(nn.Module<Tensor, Tensor> network, Precision precision)
    {
        var options = new CnnOptions { Architecture = CnnArchitecture.ResNet18, ImageHeight = Size, ImageWidth = Size, Precision = precision };
        var model = new CnnModel
        {
            Options = options, Input = ImageInput.Create(Size, Size, 3), Normalization = Normalization.PerChannel([0.5f], [0.5f]),
            Images = new ImageColumnType(ImageColumnKind.Path), LabelIsKey = false, IsCustom = false,
        };
        var history = new TrainingHistory { Epochs = [], BestEpoch = 0, End = TrainingEnd.Completed, Device = "cpu", Precision = precision };
        return new(network, Normalizer(), model, [.. Enumerable.Range(0, Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))], history, CPU);
    }

    private static PixelNormalizer Normalizer() => PixelNormalizer.Of(Normalization.PerChannel([0.5f], [0.5f]), ImageInput.Create(Size, Size, 3));

    private sealed class Picture
    {
        public string Image { get; set; } = "";
    }

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";
    }
}
