using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the values of columns and numbers them.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly InputOutputColumnPair[] _columns;
    private readonly Settings _settings;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment environment, InputOutputColumnPair[] columns, Settings settings, IDataView keyData)
    {
        Check.NonEmpty(columns, nameof(columns));
        Check.Param(keyData is null || keyData.Schema.Count == 1, nameof(keyData),
            $"If specified, this data view should contain only a single column containing the terms to map, but this had {keyData?.Schema.Count} columns.");
        _environment = environment;
        _columns = columns;
        _settings = settings;
        _keyData = keyData;
    }

    /// <summary>The order in which values are numbered.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence,
        ByValue,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Check.Value(input, nameof(input));
        var columns = _columns.Select(pair => ValueToKeyMappingTransformer.FindInput(input.Schema, pair.InputColumnName)).ToArray();
        var vocabularies = _keyData is not null ? FromKeyData(columns) : Learn(input, columns);
        return new(_environment, _columns, vocabularies, _settings.AnnotationsAsText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.Value(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(pair =>
        {
            var column = inputSchema.Find(pair.InputColumnName, "input");
            if (column.ItemType is not PrimitiveDataViewType)
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName);
            if (!column.IsKey || !column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var keyValues))
                keyValues = new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector,
                    _settings.AnnotationsAsText ? TextDataViewType.Instance : column.ItemType, column.IsKey && !_settings.AnnotationsAsText);
            SchemaShape.Column[] annotations = column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var slotNames) ? [slotNames, keyValues] : [keyValues];
            return new SchemaShape.Column(pair.OutputColumnName, column.Kind, NumberDataViewType.UInt32, isKey: true, new(annotations));
        }));
    }

    private Vocabulary[] FromKeyData(DataViewSchema.Column[] columns)
    {
        var keys = _keyData.Schema[0];
        foreach (var column in columns)
            Check.Param(keys.Type.Equals(column.Type.ItemType()), "keyData", $"Input data's column must be of type '{column.Type.ItemType()}' but was '{keys.Type}'");
        var vocabulary = VocabularyBuilder.Of(keys.Type, int.MaxValue);
        using (var cursor = _keyData.GetRowCursor([keys]))
            VocabularyBuilder.AddAll(cursor, [(vocabulary, keys)]);
        var built = vocabulary.Build(_settings.Ordinality);
        return [.. columns.Select(_ => built)];
    }

    private Vocabulary[] Learn(IDataView input, DataViewSchema.Column[] columns)
    {
        Check.Param(_settings.MaximumNumberOfKeys > 0, "MaxNumTerms", "Must be positive");
        var builders = columns.Select(column => VocabularyBuilder.Of(column.Type, _settings.MaximumNumberOfKeys)).ToArray();
        using (var cursor = input.GetRowCursor(columns.DistinctBy(column => column.Index)))
            VocabularyBuilder.AddAll(cursor, [.. builders.Zip(columns)]);

        using var channel = _environment.Start("Training");
        for (int i = 0; i < builders.Length; i++)
            if (builders[i].Count == 0)
                channel.Warning(MessageSensitivity.Schema, "Term map for output column '{0}' contains no entries.", _columns[i].OutputColumnName);
        return [.. builders.Select(builder => builder.Build(_settings.Ordinality))];
    }

    /// <summary>How values are learned.</summary>
    internal sealed record Settings(int MaximumNumberOfKeys, KeyOrdinality Ordinality, bool AnnotationsAsText);
}
