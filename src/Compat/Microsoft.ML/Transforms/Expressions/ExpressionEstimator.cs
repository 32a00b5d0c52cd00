using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>A column computed of others.</summary>
public sealed class ExpressionEstimator : IEstimator<ExpressionTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly string _output;
    private readonly string _expression;
    private readonly string[] _inputs;

    internal ExpressionEstimator(IHostEnvironment environment, string outputColumnName, string expression, string[] inputColumnNames)
    {
        ColumnExpression.CheckArguments(outputColumnName, expression, inputColumnNames);
        (_environment, _output, _expression, _inputs) = (environment, outputColumnName, expression, inputColumnNames);
    }

    public ExpressionTransformer Fit(IDataView input)
    {
        Check.Value(input, nameof(input));
        var types = _inputs.Select(name => input.Schema.GetColumnOrNull(name)?.Type ?? throw Errors.SchemaMismatch("inputSchema", "input", name)).ToArray();
        CheckVectors(types.Count(type => type is VectorDataViewType));
        return new(_environment, new(_output, _expression, _inputs, [.. types.Select(type => Primitive(type.ItemType()))]));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        var inputs = _inputs.Select(name => inputSchema.Find(name, "input")).ToArray();
        var vectors = inputs.Where(input => input.Kind != SchemaShape.Column.VectorKind.Scalar).ToArray();
        CheckVectors(vectors.Length);
        var compiled = new ColumnExpression(_output, _expression, _inputs, [.. inputs.Select(input => Primitive(input.ItemType))]);
        var annotations = vectors.SelectMany(vector => vector.Annotations).Where(annotation => annotation.Name == AnnotationKinds.SlotNames);
        var kind = vectors is [var only] ? only.Kind : SchemaShape.Column.VectorKind.Scalar;
        return inputSchema.With(new SchemaShape.Column(_output, kind, compiled.ResultType, isKey: false, new(annotations)));
    }

    private static void CheckVectors(int count) => Check.Param(count <= 1, "inputColumnNames", "Can have at most one vector-valued source column");

    private static PrimitiveDataViewType Primitive(DataViewType type) => type as PrimitiveDataViewType ?? throw ExpressionError.Parsing(type.ToString(), "Unsupported type");
}
