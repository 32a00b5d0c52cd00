using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace Microsoft.ML;

/// <summary>Transforms that change the type of values.</summary>
public static class ConversionsExtensionsCatalog
{
    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null, DataKind outputKind = DataKind.Single) =>
        new(catalog.Environment, outputKind, new InputOutputColumnPair(outputColumnName, inputColumnName));

    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, DataKind outputKind = DataKind.Single) =>
        new(catalog.Environment, outputKind, columns);

    public static KeyToValueMappingEstimator MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName));

    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns) =>
        new(catalog.Environment, columns);

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int maximumNumberOfKeys = 1000000,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null) =>
        catalog.MapValueToKey([new(outputColumnName, inputColumnName)], maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = 1000000,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null) =>
        new(catalog.Environment, columns, new(maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText), keyData);

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs,
        string inputColumnName = null,
        bool treatValuesAsKeyType = false) =>
        new(catalog.Environment, LookupTable.Of(keyValuePairs, treatValuesAsKeyType), new(outputColumnName, inputColumnName));

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType[]>> keyValuePairs,
        string inputColumnName = null) =>
        new(catalog.Environment, LookupTable.Of(keyValuePairs), new(outputColumnName, inputColumnName));

    public static ValueMappingEstimator MapValue(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IDataView lookupMap,
        DataViewSchema.Column keyColumn,
        DataViewSchema.Column valueColumn,
        string inputColumnName = null) =>
        new(catalog.Environment, LookupTable.Of(lookupMap, keyColumn, valueColumn), new(outputColumnName, inputColumnName));
}
