using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Transforms;

/// <summary>Short ways to read what a transform made.</summary>
internal static class Columns
{
    public static T[] Values<T>(this IDataView view, string column) => view.GetColumn<T>(column).ToArray();

    public static string[] KeyValues(this IDataView view, string column)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        view.Schema[column].GetKeyValues(ref values);
        return values.DenseValues().Select(v => v.ToString()).ToArray();
    }

    public static T[] KeyValues<T>(this IDataView view, string column)
    {
        var values = default(VBuffer<T>);
        view.Schema[column].GetKeyValues(ref values);
        return values.DenseValues().ToArray();
    }

    public static string[] SlotNames(this IDataView view, string column)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        view.Schema[column].GetSlotNames(ref values);
        return values.DenseValues().Select(v => v.ToString()).ToArray();
    }

    /// <summary>What a fresh context reads back from a model that was saved to memory.</summary>
    public static ITransformer SavedAndLoaded(this ITransformer model, IDataView input)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, input.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }
}
