using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Applies a function of the caller's to each row: its members in, its members out.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;
    private readonly string _contractName;
    private readonly SchemaDefinition _sourceDefinition;

    internal CustomMappingTransformer(Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
    {
        Check.Value(mapAction, nameof(mapAction));
        _map = mapAction;
        _contractName = contractName;
        _sourceDefinition = inputSchemaDefinition;
        Source = RowDefinition.Of(typeof(TSrc), inputSchemaDefinition, SchemaDefinition.Direction.Write);
        Result = RowDefinition.Of(typeof(TDst), outputSchemaDefinition, SchemaDefinition.Direction.Read);
    }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The columns that the function reads.</summary>
    internal RowDefinition Source { get; }

    /// <summary>The columns that it makes.</summary>
    internal RowDefinition Result { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Layout.Schema;

    public IDataView Transform(IDataView input)
    {
        Check.Value(input, nameof(input));
        return new MappedView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new BoundMapper(Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Check.That(_contractName is not null, "Empty contract name for a transform: the transform cannot be saved");
        CustomMappingLoader.Save(ctx, _contractName, _map.Method.DeclaringType.Assembly);
    }

    private Mapper Bind(DataViewSchema inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return new(this, inputSchema);
    }

    private sealed class Mapper(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema inputSchema) : RowMapper(inputSchema)
    {
        private readonly RowBinder<TSrc> _binder = new(inputSchema, ignoreMissingColumns: false, parent._sourceDefinition);

        public override IEnumerable<int> GetDependencies(Func<int, bool> isActive) => _binder.Columns;

        public override Delegate[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action disposer)
        {
            disposer = null;
            int columns = parent.Result.Columns.Count;
            // Then the inputs need not be active either.
            if (!Enumerable.Range(0, columns).Any(isActive))
                return new Delegate[columns];
            var result = new ObjectRow<TDst>(parent.Result, isActive);
            var source = new TSrc();
            var destination = new TDst();
            var read = _binder.Bind(input);
            long mapped = -1;
            // Once per row, however many of its columns are read.
            void Map()
            {
                if (mapped == input.Position)
                    return;
                read(source);
                parent._map(source, destination);
                result.MoveTo(destination);
                mapped = input.Position;
            }

            return [.. result.Getters.Select((getter, i) => getter is null ? null
                : GenericMethod.Call<Delegate>(typeof(Mapper), nameof(After), result.Schema[i].Type.RawType, (Action)Map, getter))];
        }

        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() => [.. parent.Result.Columns.Select(c => c.Column)];

        private static ValueGetter<T> After<T>(Action map, ValueGetter<T> getter) => (ref T value) =>
        {
            map();
            getter(ref value);
        };
    }
}
