using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(KeyToValueMappingTransformer.Signature, typeof(KeyToValueMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Looks up keys among their columns' key values; a missing key gives the type's missing value.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "KeyToValueMapping";

    internal KeyToValueMappingTransformer(IHostEnvironment environment, InputOutputColumnPair[] columns) : base(environment, columns) { }

    private KeyToValueMappingTransformer(ModelLoadContext ctx) : base(ctx) { }

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        Check.That(KeyValuesType(column) is not null, "Metadata KeyValues does not exist");
        Check.That((ulong)KeyValuesType(column).Size == column.Type.KeyCount(), "KeyValues metadata size does not match column type key count");
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
    }

    private static KeyToValueMappingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private static VectorDataViewType KeyValuesType(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type as VectorDataViewType;

    private sealed class Mapper(KeyToValueMappingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [.. parent.Columns.Select((pair, i) =>
        {
            var input = InputSchema[Inputs[i]];
            var item = KeyValuesType(input).ItemType;
            DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Dimensions) : item;
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
            return new DataViewSchema.DetachedColumn(pair.OutputColumnName, type, annotations.ToAnnotations());
        })];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            var column = InputSchema[Inputs[index]];
            var lookup = GenericMethod.Call<Delegate>(typeof(Mapper), nameof(Lookup), [column.Type.ItemType().RawType, KeyValuesType(column).ItemType.RawType], column);
            return ConvertingGetter.Make(input, input.Schema[Inputs[index]], lookup);
        }

        private static Func<TKey, TValue> Lookup<TKey, TValue>(DataViewSchema.Column column) where TKey : IBinaryInteger<TKey>
        {
            var buffer = default(VBuffer<TValue>);
            column.Annotations.GetValue(AnnotationKinds.KeyValues, ref buffer);
            var values = buffer.DenseValues().ToArray();
            var missing = MissingValue.Of<TValue>();
            return key => ulong.CreateTruncating(key) is var number && number > 0 && number <= (ulong)values.Length ? values[number - 1] : missing;
        }
    }
}
