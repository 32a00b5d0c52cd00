using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Values looked up in a table of pairs of .NET values.</summary>
public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(IHostEnvironment environment, LookupTable table, InputOutputColumnPair column) : base(environment, table, column) { }
}
