using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Autoencoding.Evaluation;

/// <summary>Which rows truly are anomalies.</summary>
internal static class TrueAnomalies
{
    /// <summary>The column that says it; null where nobody knows.</summary>
    /// <exception cref="ArgumentException">It is missing, of another type, or its labels are missing or too many.</exception>
    public static DataViewSchema.Column? Find(DataViewSchema schema, AutoencoderEvaluation options)
    {
        if (options.LabelColumn is not { } name)
            return null;
        var column = schema.GetColumnOrNull(name) ?? throw new ArgumentException($"There is no label column '{name}'. The columns are {ImageColumn.Names(schema)}.");
        var isBoolean = column.Type is BooleanDataViewType;
        if (!isBoolean && !LabelColumn.Accepts(column.Type))
            throw new ArgumentException($"The label column '{name}' is of type {column.Type}; it must be Boolean, or {LabelColumn.Wanted}.");
        if (isBoolean != (options.AnomalousLabels.Count == 0))
            throw new ArgumentException(isBoolean ? $"The label column '{name}' is Boolean; leave {nameof(options.AnomalousLabels)} out." : $"The label column '{name}' is of type {column.Type}; {nameof(options.AnomalousLabels)} must name the labels that are anomalies.");
        if (LabelColumn.ClassNames(column) is { } classes && options.AnomalousLabels.Except(classes).ToList() is { Count: > 0 } unknown)
            throw new ArgumentException($"{nameof(options.AnomalousLabels)} has '{unknown[0]}', which is none of the {classes.Length} labels of column '{name}'.");
        return column;
    }

    /// <summary>Reads the row that the cursor stands at.</summary>
    public static Func<bool> Reader(DataViewRow row, DataViewSchema.Column column, AutoencoderEvaluation options)
    {
        if (column.Type is BooleanDataViewType)
        {
            var boolean = row.GetGetter<bool>(column);
            return () =>
            {
                var value = false;
                boolean(ref value);
                return value;
            };
        }
        if (LabelColumn.ClassNames(column) is { } classes)
        {
            var labels = new LabelReader(row, column, null);
            return () => options.AnomalousLabels.Contains(classes[labels.Read()]);
        }
        var text = row.GetGetter<ReadOnlyMemory<char>>(column);
        return () =>
        {
            ReadOnlyMemory<char> value = default;
            text(ref value);
            return options.AnomalousLabels.Contains(value.ToString());
        };
    }
}
