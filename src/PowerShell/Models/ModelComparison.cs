namespace Fovea.PowerShell;

/// <summary>One model among several that were measured on the same images.</summary>
public sealed class ModelComparison
{
    internal ModelComparison(int place, ModelMeasurement measurement) => (Place, Measurement) = (place, measurement);

    /// <summary>Its place, from 1, the best first.</summary>
    public int Place { get; }

    /// <summary>The model's name.</summary>
    public string Name => Model.Name;

    /// <summary>The network.</summary>
    public string Architecture => Model.Architecture;

    /// <summary>Trained numbers.</summary>
    public long Parameters => Model.Parameters;

    /// <summary>By what they are compared.</summary>
    public string Metric => Measurement.HeadlineName;

    /// <summary>The number by which they are compared.</summary>
    public double Value => Measurement.Headline;

    /// <summary>Images a second, of prediction and measuring together.</summary>
    public double ImagesPerSecond => Measurement.ImagesPerSecond;

    /// <summary>All that was measured.</summary>
    public ModelMeasurement Measurement { get; }

    /// <summary>The model.</summary>
    public ImageModel Model => Measurement.Model;
}
