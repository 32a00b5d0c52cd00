using Microsoft.ML;

namespace Fovea.Tests.Classification;

/// <summary>One classifier of drawings, trained once for all tests of a class.</summary>
public sealed class TrainedModel : IDisposable
{
    public MLContext Ml { get; } = new(seed: 1);

    public CnnTransformer Model { get; }

    public TrainedModel() => Model = Ml.Vision.Cnn(Drawings.Options).Fit(Drawings.View(Ml, 96));

    public void Dispose() => Model.Dispose();
}
