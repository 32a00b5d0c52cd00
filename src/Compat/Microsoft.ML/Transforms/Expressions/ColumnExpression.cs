using System.Linq.Expressions;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>An expression compiled for the item types of its inputs; at most one of those is a vector, whose items it is applied to one by one.</summary>
internal sealed class ColumnExpression
{
    private const int MostInputs = 5;

    private readonly Delegate _compiled;

    public ColumnExpression(string output, string text, string[] inputs, PrimitiveDataViewType[] inputTypes)
    {
        (Output, Text, Inputs, InputTypes) = (output, text, inputs, inputTypes);
        if (inputTypes.FirstOrDefault(type => !ExpressionTypes.IsSupported(type)) is { } unsupported)
            throw ExpressionError.Parsing(unsupported.ToString(), "Unsupported type");
        var cells = Expression.Parameter(typeof(ExpressionCell[]));
        var values = inputTypes.Select((type, i) => (Expression)Expression.Field(
            Expression.Convert(Expression.ArrayIndex(cells, Expression.Constant(i)), typeof(ExpressionCell<>).MakeGenericType(type.RawType)),
            nameof(ExpressionCell<int>.Value)));
        var body = ExpressionParser.Parse(text, [.. values]);
        ResultType = RawTypes.Primitive(body.Type);
        _compiled = Expression.Lambda(body, cells).Compile();
    }

    public string Output { get; }

    public string Text { get; }

    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<PrimitiveDataViewType> InputTypes { get; }

    public PrimitiveDataViewType ResultType { get; }

    public static void CheckArguments(string output, string text, string[] inputs)
    {
        Check.That(!string.IsNullOrWhiteSpace(text), "An expression is wanted.");
        Check.That(!string.IsNullOrWhiteSpace(output), "A name of the output column is wanted.");
        Check.That(inputs is { Length: > 0 }, "At least one input column is wanted.");
        Check.Param(inputs.Length <= MostInputs, "InputColumnNames", "maximum number of inputs exceeded");
    }

    /// <summary>A getter over these columns, of which <paramref name="vector"/> (or none: -1) is a vector.</summary>
    public Delegate MakeGetter(DataViewRow row, DataViewSchema.Column[] columns, int vector)
    {
        var cells = columns.Select((column, i) => ExpressionCell.Of(InputTypes[i].RawType, row, column, isVector: i == vector)).ToArray();
        return vector < 0
            ? GenericMethod.Call<Delegate>(typeof(ColumnExpression), nameof(Scalar), ResultType.RawType, _compiled, cells)
            : GenericMethod.Call<Delegate>(typeof(ColumnExpression), nameof(Vector), [InputTypes[vector].RawType, ResultType.RawType], _compiled, cells, vector, row, columns[vector]);
    }

    private static ValueGetter<T> Scalar<T>(Func<ExpressionCell[], T> compiled, ExpressionCell[] cells) => (ref T value) =>
    {
        foreach (var cell in cells)
            cell.Read();
        value = compiled(cells);
    };

    private static ValueGetter<VBuffer<T>> Vector<TItem, T>(
        Func<ExpressionCell[], T> compiled, ExpressionCell[] cells, int vector, DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<TItem>>(column);
        var item = (ExpressionCell<TItem>)cells[vector];
        VBuffer<TItem> source = default, dense = default;
        return (ref VBuffer<T> value) =>
        {
            get(ref source);
            source.CopyToDense(ref dense);
            foreach (var cell in cells)
                cell.Read();
            var items = dense.GetValues();
            var editor = VBufferEditor.Create(ref value, items.Length);
            for (int i = 0; i < items.Length; i++)
            {
                item.Value = items[i];
                editor.Values[i] = compiled(cells);
            }

            value = editor.Commit();
        };
    }
}
