using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(ValueToKeyMappingTransformer.Signature, typeof(ValueToKeyMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Numbers values by what was learned of them; values not learned are missing.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ValueToKeyMapping";

    private readonly Vocabulary[] _vocabularies;
    private readonly bool _annotationsAsText;

    internal ValueToKeyMappingTransformer(IHostEnvironment environment, InputOutputColumnPair[] columns, Vocabulary[] vocabularies, bool annotationsAsText)
        : base(environment, columns)
    {
        _vocabularies = vocabularies;
        _annotationsAsText = annotationsAsText;
    }

    private ValueToKeyMappingTransformer(ModelLoadContext ctx) : base(ctx)
    {
        _annotationsAsText = ctx.Reader.ReadBoolean();
        _vocabularies = [.. Columns.Select(_ => Vocabulary.Load(ctx.Reader))];
    }

    internal static DataViewSchema.Column FindInput(DataViewSchema inputSchema, string name)
    {
        var column = inputSchema.GetColumnOrNull(name) ?? throw Errors.SchemaMismatch(nameof(inputSchema), "input", name);
        if (column.Type.ItemType() is not PrimitiveDataViewType)
            throw Errors.SchemaMismatch(nameof(inputSchema), "input", name, "standard type or a vector of standard type", column.Type.ToString());
        return column;
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        ctx.Writer.Write(_annotationsAsText);
        foreach (var vocabulary in _vocabularies)
            vocabulary.Save(ctx.Writer);
    }

    private static ValueToKeyMappingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        var type = column.Type.ItemType();
        Check.That(type.Equals(_vocabularies[index].Type),
            $"Could not apply a map over type '{_vocabularies[index].Type}' to column '{Columns[index].OutputColumnName}' since it has type '{type}'");
    }

    private sealed class Mapper(ValueToKeyMappingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [.. parent.Columns.Select((pair, i) =>
        {
            var input = InputSchema[Inputs[i]];
            var vocabulary = parent._vocabularies[i];
            var annotations = new DataViewSchema.Annotations.Builder();
            vocabulary.AddKeyValues(annotations, input, parent._annotationsAsText);
            annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
            DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(vocabulary.KeyType, vector.Dimensions) : vocabulary.KeyType;
            return new DataViewSchema.DetachedColumn(pair.OutputColumnName, type, annotations.ToAnnotations());
        })];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            return ConvertingGetter.Make(input, input.Schema[Inputs[index]], parent._vocabularies[index].Number);
        }
    }
}
