using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Class labels as numbers from 0, NaN for missing, of whatever the column holds.</summary>
internal static class LabelGetter
{
    public static ValueGetter<float> Of(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType key when key.RawType == typeof(byte) => OfKey<byte>(row, column, key.Count),
        KeyDataViewType key when key.RawType == typeof(ushort) => OfKey<ushort>(row, column, key.Count),
        KeyDataViewType key when key.RawType == typeof(uint) => OfKey<uint>(row, column, key.Count),
        KeyDataViewType key => OfKey<ulong>(row, column, key.Count),
        _ when column.Type == NumberDataViewType.Single => row.GetGetter<float>(column),
        _ => throw Errors.SchemaMismatch("schema", "label", column.Name, "Single or Key", column.Type.ToString()),
    };

    private static ValueGetter<float> OfKey<T>(DataViewRow row, DataViewSchema.Column column, ulong count) where T : unmanaged, IBinaryInteger<T>
    {
        var get = row.GetGetter<T>(column);
        T key = default;
        return (ref float label) =>
        {
            get(ref key);
            ulong value = ulong.CreateTruncating(key);
            label = value == 0 || value > count ? float.NaN : value - 1;
        };
    }
}
