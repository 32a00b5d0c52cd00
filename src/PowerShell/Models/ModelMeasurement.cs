namespace Fovea.PowerShell;

/// <summary>How good a model is on a data set. The numbers of its task are properties of the kinds of this; all of them are in <see cref="Metrics"/>.</summary>
public abstract class ModelMeasurement
{
    private protected ModelMeasurement(ImageModel model, ImageDataset dataset, object metrics) => (Model, Dataset, Metrics) = (model, dataset, metrics);

    /// <summary>The model.</summary>
    public ImageModel Model { get; }

    /// <summary>What it was measured on.</summary>
    public ImageDataset Dataset { get; }

    /// <summary>All there is to know, as the library has it.</summary>
    public object Metrics { get; }

    /// <summary>Images measured.</summary>
    public long Rows => Dataset.Rows;

    /// <summary>Wall time of prediction and measuring.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Images a second, of prediction and measuring together.</summary>
    public double ImagesPerSecond => Rows / Duration.TotalSeconds;

    /// <summary>The number by which models of the task are compared, in [0, 1] or as its name says.</summary>
    public abstract double Headline { get; }

    /// <summary>What <see cref="Headline"/> is.</summary>
    public abstract string HeadlineName { get; }
}
