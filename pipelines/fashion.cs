#:project ../src/Estimators/Fovea.csproj
#:package Spectre.Console

// Trains on Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60,000 pictures of clothes in ten classes, 10,000 to test.
//   dotnet run pipelines/fashion.cs PATH      PATH has train-images-idx3-ubyte.gz and the three other files of the set

using System.Diagnostics;
using Fovea;
using Fovea.Native;
using Microsoft.ML;

if (args is not [var path])
{
    Console.Error.WriteLine("usage: dotnet run pipelines/fashion.cs PATH, the folder of the four Fashion-MNIST files (github.com/zalandoresearch/fashion-mnist)");
    return 2;
}

string[] classes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
var ml = new MLContext(seed: 0);
Console.WriteLine(LibTorch.IsAvailable ? LibTorch.Describe().ToString() : "LibTorch of the TorchSharp package");

var train = ml.Vision.Data.FromIdx(Path.Combine(path, "train-images-idx3-ubyte.gz"), Path.Combine(path, "train-labels-idx1-ubyte.gz"), classes);
var test = ml.Vision.Data.FromIdx(Path.Combine(path, "t10k-images-idx3-ubyte.gz"), Path.Combine(path, "t10k-labels-idx1-ubyte.gz"), classes);

var options = new CnnOptions
{
    Architecture = CnnArchitecture.Cifar,
    Channels = ImageChannels.Grey,
    ImageHeight = 28,
    ImageWidth = 28,
    Epochs = 20,
    BatchSize = 128,
    Optimizer = OptimizerKind.AdamW,
    LearningRate = 3e-3,
    WeightDecay = 0.01,
    Dropout = 0.25,
    Schedule = LearningRateSchedule.OneCycle(0.25),
    Augmentation = new Augmentation().Shift(1).Flip(),
};
Console.WriteLine(ml.Vision.Summarize(options, classes.Length));

var clock = Stopwatch.StartNew();
using var model = ConsoleProgress.Show(progress => ml.Vision.Cnn(options with { Progress = progress }).Fit(train));
Console.WriteLine($"trained in {clock.Elapsed.TotalSeconds:0} s on {model.History.Device} in {model.History.Precision}\n");

var metrics = ml.MulticlassClassification.Evaluate(model.Transform(test), topKPredictionCount: 2);
Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
Console.WriteLine($"test accuracy {metrics.MicroAccuracy:P2}, top-2 {metrics.TopKAccuracy:P2}, log-loss {metrics.LogLoss:0.000}");
return 0;
