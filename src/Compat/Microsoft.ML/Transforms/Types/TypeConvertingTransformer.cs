using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(TypeConvertingTransformer.Signature, typeof(TypeConvertingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Converts values to another type.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "TypeConverting";

    internal TypeConvertingTransformer(IHostEnvironment environment, DataKind outputKind, InputOutputColumnPair[] columns) : base(environment, columns) =>
        OutputKind = outputKind;

    private TypeConvertingTransformer(ModelLoadContext ctx) : base(ctx) => OutputKind = (DataKind)ctx.Reader.ReadByte();

    internal DataKind OutputKind { get; }

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        ctx.Writer.Write((byte)OutputKind);
    }

    private static TypeConvertingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private sealed class Mapper : PairMapper
    {
        private readonly TypeConvertingTransformer _parent;
        private readonly Delegate[] _conversions;
        private readonly PrimitiveDataViewType[] _itemTypes;

        public Mapper(TypeConvertingTransformer parent, DataViewSchema inputSchema) : base(parent, inputSchema)
        {
            _parent = parent;
            _itemTypes = [.. Inputs.Select(input => ItemType(inputSchema[input].Type.ItemType()))];
            _conversions = [.. Inputs.Select((input, i) => ValueConversion.Find(inputSchema[input].Type.ItemType(), _itemTypes[i])
                ?? throw Errors.Param(nameof(inputSchema),
                    $"source column '{parent.Columns[i].InputColumnName}' with item type '{inputSchema[input].Type}' is not compatible with destination type '{_itemTypes[i]}'"))];
        }

        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [.. _parent.Columns.Select((pair, i) =>
        {
            var input = InputSchema[Inputs[i]];
            DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(_itemTypes[i], vector.Dimensions) : _itemTypes[i];
            return new DataViewSchema.DetachedColumn(pair.OutputColumnName, type, Annotations(input, type));
        })];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            return ConvertingGetter.Make(input, input.Schema[Inputs[index]], _conversions[index]);
        }

        // A key stays a key, of as many values as fit.
        private PrimitiveDataViewType ItemType(DataViewType from)
        {
            var to = _parent.OutputKind.ToType();
            if (from is not KeyDataViewType key || !KeyDataViewType.IsValidDataType(to.RawType))
                return to;
            ulong largest = to.RawType == typeof(byte) ? byte.MaxValue : to.RawType == typeof(ushort) ? ushort.MaxValue : to.RawType == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
            return new KeyDataViewType(to.RawType, Math.Min(key.Count, largest));
        }

        private static DataViewSchema.Annotations Annotations(DataViewSchema.Column input, DataViewType type)
        {
            bool numbers = input.Type.ItemType() is NumberDataViewType && type.ItemType() is NumberDataViewType;
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(input.Annotations, kind =>
                kind == AnnotationKinds.SlotNames && type.IsKnownSizeVector()
                || kind == AnnotationKinds.KeyValues && type.KeyCount() > 0 && type.KeyCount() == input.Type.KeyCount()
                || kind == AnnotationKinds.IsNormalized && numbers);
            if (input.Type is BooleanDataViewType && type.ItemType() is NumberDataViewType)
                builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
            return builder.ToAnnotations();
        }
    }
}
