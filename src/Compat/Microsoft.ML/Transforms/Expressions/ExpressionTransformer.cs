using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(ExpressionTransformer.LoaderSignature, typeof(ExpressionTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Computes a column of others.</summary>
public sealed class ExpressionTransformer : RowToRowTransformerBase
{
    public const string LoaderSignature = "ExprTransform";

    private readonly ColumnExpression _expression;

    internal ExpressionTransformer(IHostEnvironment environment, ColumnExpression expression) : base(environment) => _expression = expression;

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(_expression, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(LoaderSignature);
        ctx.Writer.Write(_expression.Output);
        ctx.Writer.Write(_expression.Text);
        ctx.Writer.WriteNames(_expression.Inputs);
        foreach (var type in _expression.InputTypes)
            SchemaCodec.WriteType(ctx.Writer, type);
    }

    private static ExpressionTransformer Load(ModelLoadContext ctx)
    {
        string output = ctx.Reader.ReadString(), text = ctx.Reader.ReadString();
        var inputs = ctx.Reader.ReadNames();
        return new(ctx.Environment, new(output, text, inputs, [.. inputs.Select(_ => (PrimitiveDataViewType)SchemaCodec.ReadType(ctx.Reader))]));
    }

    private sealed class Mapper : ColumnMapper
    {
        private readonly ColumnExpression _expression;
        private readonly DataViewSchema.Column[] _inputs;
        private readonly int _vector;

        public Mapper(ColumnExpression expression, DataViewSchema inputSchema) : base(inputSchema)
        {
            _expression = expression;
            _inputs = [.. expression.Inputs.Select(name => inputSchema.GetColumnOrNull(name) ?? throw Errors.SchemaMismatch(nameof(inputSchema), "input", name))];
            _vector = Array.FindIndex(_inputs, input => input.Type is VectorDataViewType);
            for (int i = 0; i < _inputs.Length; i++)
                if (!_inputs[i].Type.ItemType().Equals(expression.InputTypes[i]))
                    throw Errors.SchemaMismatch(nameof(inputSchema), "input", _inputs[i].Name, expression.InputTypes[i].ToString(), _inputs[i].Type.ToString());
        }

        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns()
        {
            if (_vector < 0)
                return [new(_expression.Output, _expression.ResultType)];
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(_inputs[_vector].Annotations, kind => kind == AnnotationKinds.SlotNames);
            var type = (VectorDataViewType)_inputs[_vector].Type;
            return [new(_expression.Output, new VectorDataViewType(_expression.ResultType, type.Dimensions), annotations.ToAnnotations())];
        }

        protected override IEnumerable<int> GetSources(int index) => _inputs.Select(input => input.Index);

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            return _expression.MakeGetter(input, [.. _inputs.Select(column => input.Schema[column.Index])], _vector);
        }
    }
}
