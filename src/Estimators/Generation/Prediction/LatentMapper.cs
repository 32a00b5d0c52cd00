using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>A generator bound to an input schema: a column of latent vectors, one of classes where the model has any, and the image that it adds.</summary>
/// <exception cref="ArgumentException">A column is missing or of another type.</exception>
internal sealed class LatentMapper(GanPredictor predictor, GanOptions options, IReadOnlyList<string> classNames, DataViewSchema input)
    : PredictionMapper<GeneratedPicture>(input, [GanColumns.ImageOf(options)], Inputs(options, classNames, input))
{
    public override int BatchSize => options.BatchSize;

    public override IPredictionBatch<GeneratedPicture> Open(DataViewRow row, int capacity) =>
        new LatentBatch(predictor, row, Needed[0], options.LatentSize, Needed.Count == 1 ? null : new LabelReader(row, Needed[1], classNames));

    private static DataViewSchema.Column[] Inputs(GanOptions options, IReadOnlyList<string> classNames, DataViewSchema input)
    {
        var latent = input.GetColumnOrNull(options.LatentColumn)
            ?? throw new ArgumentException($"There is no column '{options.LatentColumn}' of latent vectors. The columns are {ImageColumn.Names(input)}.");
        if (latent.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single)
            throw new ArgumentException($"The column '{latent.Name}' of latent vectors is of type {latent.Type}; it must be a vector of {options.LatentSize} Single.");
        if (vector.Size != 0 && vector.Size != options.LatentSize)
            throw new ArgumentException($"The latent vectors of column '{latent.Name}' have {vector.Size} numbers; the model takes {options.LatentSize}.");
        return classNames.Count == 0 ? [latent] : [latent, LabelColumn.Find(input, options.LabelColumn)];
    }
}
