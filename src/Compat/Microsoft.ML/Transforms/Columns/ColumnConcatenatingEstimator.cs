using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>One vector of several columns.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly ColumnConcatenatingTransformer _transformer;

    internal ColumnConcatenatingEstimator(IHostEnvironment environment, string outputColumnName, string[] inputColumnNames)
    {
        Check.NonEmpty(outputColumnName, nameof(outputColumnName));
        Check.Value(inputColumnNames, nameof(inputColumnNames));
        Check.Param(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Check.Param(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        _transformer = new(environment, outputColumnName, inputColumnNames);
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Check.Value(input, nameof(input));
        return _transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        var inputs = _transformer.Inputs.Select(name => inputSchema.Find(name, "input")).ToArray();
        var itemType = inputs[0].ItemType;
        foreach (var input in inputs)
        {
            Check.That(!input.IsKey, $"Column '{input.Name}' is key. Concatenation of keys is unsupported.");
            Check.That(input.ItemType.Equals(itemType),
                $"Concatenated columns should have the same type. Column '{input.Name}' has type of {input.ItemType}, but expected column type is {itemType}.");
        }

        var kind = inputs.Any(input => input.Kind == SchemaShape.Column.VectorKind.VariableVector) ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
        var annotations = new List<SchemaShape.Column>();
        if (inputs.All(input => input.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out _)))
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
        if (inputs.Any(input => input.Kind == SchemaShape.Column.VectorKind.Scalar || input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out _)))
            annotations.Add(new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false));
        return inputSchema.With(new SchemaShape.Column(_transformer.Output, kind, itemType, isKey: false, new(annotations)));
    }
}
