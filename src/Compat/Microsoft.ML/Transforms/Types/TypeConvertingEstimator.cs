using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns of another type; see <see cref="ValueConversion"/>.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(IHostEnvironment environment, DataKind outputKind, params InputOutputColumnPair[] columns)
        : base(environment, new(environment, outputKind, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Pairs.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            var kind = Transformer.OutputKind;
            // The count of a key is not part of a shape; any will do to ask whether there is a conversion.
            var (from, to) = column.IsKey && KeyDataViewType.IsValidDataType(kind.ToType().RawType)
                ? (new KeyDataViewType(column.ItemType.RawType, 1), new KeyDataViewType(kind.ToType().RawType, 1))
                : (column.ItemType, kind.ToType());
            Check.Param(ValueConversion.Find(from, to) is not null, nameof(inputSchema), $"Don't know how to convert {pair.InputColumnName} into {to}");
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, kind.ToType(), to is KeyDataViewType, column.Annotations);
        }));
    }
}
