using Microsoft.ML;

namespace Fovea.Data;

public sealed partial class VisionData
{
    /// <summary>
    /// Reads every image, label, box and mask of a view once and reports what it is made of and what is wrong with it:
    /// see <see cref="FindingKind"/>. Works on every loader's view and on any other with such columns. It goes on after a file that
    /// cannot be read, and keeps some 100 bytes of each row.
    /// </summary>
    /// <param name="view">The data.</param>
    /// <param name="options">Columns, classes, thresholds; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, the image column is missing, or a column is of another type.</exception>
    /// <exception cref="OperationCanceledException"><see cref="InspectionOptions.Cancellation"/> was set.</exception>
    public DatasetReport Inspect(IDataView view, InspectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        return DatasetInspector.Run([("", view)], options ?? new());
    }

    /// <summary>
    /// Inspects several views together: training, validation and test. Beside what is found in each, an image that is in two of
    /// them, and a class that the first does not have.
    /// </summary>
    /// <param name="views">By name, at least one; the first is the one to train on. Names are not empty and differ from each other.</param>
    /// <param name="options">Columns, classes, thresholds, the same for all; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no view, a name is empty or there twice, an option is out of range, the image column is missing, or a column is of another type.</exception>
    /// <exception cref="OperationCanceledException"><see cref="InspectionOptions.Cancellation"/> was set.</exception>
    /// <example><c>ml.Vision.Data.Inspect([("train", train), ("test", test)])</c></example>
    public DatasetReport Inspect(IReadOnlyList<(string Name, IDataView View)> views, InspectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(views);
        if (views.Count == 0)
            throw new ArgumentException("There is no view to inspect; give at least one.", nameof(views));
        for (var i = 0; i < views.Count; i++)
            if (string.IsNullOrWhiteSpace(views[i].Name) || views[i].View is null)
                throw new ArgumentException($"View {i} has no {(views[i].View is null ? "data" : "name")}; each needs both.", nameof(views));
        if (views.GroupBy(v => v.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The name '{twice.Key}' was given to {twice.Count()} views; each needs its own.", nameof(views));
        return DatasetInspector.Run([.. views], options ?? new());
    }

    /// <summary>Writes a picture of samples of a view with their labels, boxes and masks drawn.</summary>
    /// <param name="view">The data.</param>
    /// <param name="path">The file, ending in .svg or .png; it is written at once or not at all. A PNG has Latin and Greek letters and a box for any other; an SVG has all that the viewer's fonts have.</param>
    /// <param name="options">How many, which, how large; null for 20 images.</param>
    /// <exception cref="ArgumentException">The path ends neither in .svg nor in .png, an option is out of range, the image column is missing, or a column is of another type.</exception>
    /// <exception cref="InvalidDataException">The view has no rows.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveContactSheet(IDataView view, string path, ContactSheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        SampleSheet.Save([("", view)], path, options ?? new());
    }
}
