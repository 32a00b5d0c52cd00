using Fovea.Autoencoding.Sheets;
using Fovea.Data;
using Fovea.Reporting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Autoencoding.Evaluation;

/// <summary>One pass over images and their reconstructions.</summary>
internal static class ReconstructionPass
{
    /// <param name="view">The data.</param>
    /// <param name="options">Without problems.</param>
    /// <param name="show">Gets each row as the network saw and made it. Null for none.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">There are no rows, an image cannot be read, reconstructions have several sizes, or a score is no number.</exception>
    public static AutoencoderMetrics Run(IDataView view, AutoencoderEvaluation options, Action<ReconstructedImage>? show = null)
    {
        var schema = view.Schema;
        var (image, reconstruction) = (ImageColumn.Find(schema, options.ImageColumn), Picture(schema, options.ReconstructionColumn));
        var noisy = schema.GetColumnOrNull(options.NoisyImageColumn) is null ? (DataViewSchema.Column?)null : Picture(schema, options.NoisyImageColumn);
        var (likelihood, divergence, bound) = (Number(schema, options.NegativeLogLikelihoodColumn), Number(schema, options.DivergenceColumn), Number(schema, options.ImportanceBoundColumn));
        var label = TrueAnomalies.Find(schema, options);
        var score = label is null && show is null ? null : Number(schema, options.ScoreColumn);
        if (label is not null && score is null)
            throw new ArgumentException($"There is no column '{options.ScoreColumn}' of scores. The columns are {ImageColumn.Names(schema)}.");
        DataViewSchema.Column? flag = label is not null && schema.GetColumnOrNull(options.IsAnomalyColumn) is { Type: BooleanDataViewType } found ? found : null;

        DataViewSchema.Column?[] wanted = [image, reconstruction, noisy, likelihood, divergence, bound, label, score, flag];
        using var cursor = view.GetRowCursor(wanted.Where(c => c is not null).Select(c => c!.Value).DistinctBy(c => c.Index));
        var images = RawImageReader.Create(cursor, image);
        var (pictures, seen) = (RawImageReader.Create(cursor, reconstruction), noisy is { } n ? RawImageReader.Create(cursor, n) : null);
        var numbers = new[] { likelihood, divergence, bound, score }.Select(c => c is { } column ? cursor.GetGetter<float>(column) : null).ToArray();
        var isAnomaly = label is { } l ? TrueAnomalies.Reader(cursor, l, options) : null;
        var taken = flag is { } f ? cursor.GetGetter<bool>(f) : null;

        var (raw, made, corrupted) = (new RawImage(), new RawImage { Role = "reconstruction" }, new RawImage { Role = "corrupted image" });
        var (difference, noise) = (new ImageDifference(), new ImageDifference());
        var sums = new double[3];
        var anomalies = new List<(float Score, bool IsPositive, bool IsTaken)>();
        PixelReader? reader = null;
        var rows = 0L;
        while (cursor.MoveNext())
        {
            options.Cancellation.ThrowIfCancellationRequested();
            pictures.Read(made);
            images.Read(raw);
            reader ??= PixelReader.Of(made, options);
            var (truth, result) = (reader.Resized(raw), reader.Unchanged(made));
            difference.Add(truth, result, reader.Width, reader.Channels);
            byte[]? input = null;
            if (seen is not null)
            {
                seen.Read(corrupted);
                noise.Add(truth, input = reader.Unchanged(corrupted), reader.Width, reader.Channels);
            }
            for (var i = 0; i < 3; i++)
                sums[i] += Value(numbers[i]);
            var value = Value(numbers[3]);
            var isTrue = isAnomaly?.Invoke();
            if (isTrue is { } isPositive)
            {
                if (float.IsNaN(value))
                    throw new InvalidDataException($"The score in row {cursor.Position} is NaN in column '{options.ScoreColumn}'; it must be a number.");
                var flagged = false;
                taken?.Invoke(ref flagged);
                anomalies.Add((value, isPositive, flagged));
            }
            show?.Invoke(new(raw.ShortName, reader, truth, input, result) { Score = score is null ? null : value, IsAnomaly = isTrue });
            rows++;
        }
        if (rows == 0)
            throw new InvalidDataException("The data has no rows. Check the path or the filter it comes from.");
        return new AutoencoderMetrics
        {
            Rows = rows,
            Dimensions = (long)reader!.Width * reader.Height * reader.Channels,
            LatentSize = schema.GetColumnOrNull(options.LatentColumn)?.Type is VectorDataViewType { IsKnownSize: true } code ? code.Size : null,
            MeanSquaredError = difference.MeanSquaredError,
            Ssim = difference.Ssim,
            NoisyMeanSquaredError = seen is null ? null : noise.MeanSquaredError,
            NoisySsim = seen is null ? null : noise.Ssim,
            NegativeLogLikelihood = likelihood is null ? null : sums[0] / rows,
            KLDivergence = divergence is null ? null : sums[1] / rows,
            ImportanceWeightedBound = bound is null ? null : sums[2] / rows,
            Likelihood = likelihood is { } column ? LikelihoodOf(column) : null,
            RocAuc = isAnomaly is null ? null : ThresholdSweep.Over(anomalies.Select(a => (a.Score, a.IsPositive))).Roc().Area,
            TruePositiveRate = taken is null ? null : Share(a => a.IsPositive),
            FalsePositiveRate = taken is null ? null : Share(a => !a.IsPositive),
        };

        double Share(Func<(float Score, bool IsPositive, bool IsTaken), bool> of) =>
            (double)anomalies.Count(a => of(a) && a.IsTaken) / anomalies.Count(of);
    }

    private static float Value(ValueGetter<float>? getter)
    {
        var value = 0f;
        getter?.Invoke(ref value);
        return value;
    }

    private static DataViewSchema.Column Picture(DataViewSchema schema, string name)
    {
        var column = ImageColumn.Find(schema, name);
        return column.Type is Microsoft.ML.Transforms.Image.ImageDataViewType ? column
            : throw new ArgumentException($"The column '{name}' is of type {column.Type}; reconstructions and corrupted images are MLImage.");
    }

    private static DataViewSchema.Column? Number(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            return null;
        return column.Type == NumberDataViewType.Single ? column : throw new ArgumentException($"The column '{name}' is of type {column.Type}; it must be Single.");
    }

    private static PixelLikelihood? LikelihoodOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AutoencoderColumns.Likelihood) is null)
            return null;
        ReadOnlyMemory<char> name = default;
        column.Annotations.GetValue(AutoencoderColumns.Likelihood, ref name);
        return Enum.TryParse<PixelLikelihood>(name.ToString(), out var likelihood) ? likelihood : null;
    }
}
