using Microsoft.ML;

namespace Fovea.Data;

/// <summary>One column that a predictor adds.</summary>
/// <param name="Column">Name, type and annotations.</param>
/// <param name="Getter">Makes the <see cref="ValueGetter{TValue}"/> of the column's raw type from a way to the current row's result.</param>
internal sealed record PredictionColumn<TPrediction>(DataViewSchema.DetachedColumn Column, Func<Func<TPrediction>, Delegate> Getter);
