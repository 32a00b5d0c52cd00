using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Fovea.Storage;

/// <summary>Gives every row the key under which lookups hold their only value.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ConstantMapping : CustomMappingFactory<ConstantMapping.Nothing, ConstantMapping.Constant>
{
    public const string Contract = "Fovea.Constant";

    public override Action<Nothing, Constant> GetMapping() => (_, row) => row.Key = 0;

    internal sealed class Nothing;

    internal sealed class Constant
    {
        [ColumnName(MLNetColumns.Key)]
        public int Key { get; set; }
    }
}
