using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A tensor as text, in TorchSharp's styles.</summary>
internal sealed class TensorText : IDisposable
{
    private readonly long[] shape;
    private readonly Tensor elements;
    private readonly Func<long, string> text;
    private readonly int width;
    private readonly string newLine;

    public TensorText(Tensor tensor, string floatFormat, int width, CultureInfo? culture, string newLine)
    {
        culture ??= CultureInfo.CurrentCulture;
        shape = tensor.shape;
        this.width = width;
        this.newLine = newLine;
        Type = tensor.dtype;
        using var local = tensor.cpu();
        using var plain = Type is ScalarType.Float16 or ScalarType.BFloat16 ? local.to_type(ScalarType.Float32) : local.alias();
        elements = plain.contiguous();
        text = elements.dtype switch
        {
            ScalarType.Float32 => Each<float>(value => value.ToString(floatFormat, culture)),
            ScalarType.Float64 => Each<double>(value => value.ToString(floatFormat, culture)),
            ScalarType.Bool => Each<bool>(value => value.ToString(culture)),
            ScalarType.Byte => Each<byte>(value => value.ToString(culture)),
            ScalarType.Int8 => Each<sbyte>(value => value.ToString(culture)),
            ScalarType.Int16 => Each<short>(value => value.ToString(culture)),
            ScalarType.Int32 => Each<int>(value => value.ToString(culture)),
            ScalarType.Int64 => Each<long>(value => value.ToString(culture)),
            _ => throw new NotSupportedException($"Elements of type {Type} cannot be written as text."),
        };
    }

    private ScalarType Type { get; }

    public void Dispose() => elements.Dispose();

    /// <summary>Tables of the last two dimensions, one below the other.</summary>
    public string Julia(string heading)
    {
        if (shape.Length == 0)
            return $"{heading}, value = {text(0)}";
        var builder = new StringBuilder(heading).Append(newLine);
        if (shape.Length <= 2)
        {
            Table(builder, 0);
            return builder.ToString();
        }

        builder.Length = heading.Length;
        var tables = shape[..^2];
        var position = new long[tables.Length];
        var each = shape[^2] * shape[^1];
        for (long table = 0, count = tables.TotalSize(); table < count; table++)
        {
            builder.Append(newLine).Append('[').AppendJoin(',', position).Append(",..,..] =").Append(newLine);
            Table(builder, table * each);
            for (var d = position.Length - 1; d >= 0 && ++position[d] == tables[d]; d--)
                position[d] = 0;
        }

        return builder.ToString();
    }

    public string Numpy() => shape.Length == 0
        ? text(0)
        : Nested(new StringBuilder(), 0, 0, '[', ']', depth => string.Concat(Enumerable.Repeat(newLine, shape.Length - 1 - depth)), "").ToString();

    public string CSharp(string heading)
    {
        if (shape.Length == 0)
            return $"{heading}, value = {text(0)}";
        var (name, suffix) = Type switch
        {
            ScalarType.Bool => ("bool", ""),
            ScalarType.Byte => ("byte", ""),
            ScalarType.Int8 => ("sbyte", ""),
            ScalarType.Int16 => ("short", ""),
            ScalarType.Int32 => ("int", ""),
            ScalarType.Int64 => ("long", "L"),
            ScalarType.Float64 => ("double", ""),
            _ => ("float", "f"),
        };
        var builder = new StringBuilder(heading).Append(", value = ");
        if (shape.Length == 1)
            return Nested(builder.Append(name).Append(" [] "), 0, 0, '{', '}', _ => "," + newLine, suffix).ToString();
        builder.Append(newLine).Append(name).Append(" [").Append(',', shape.Length - 1).Append("] ");
        var at = builder.Length;
        Nested(builder, 0, 0, '{', '}', _ => "," + newLine, suffix);
        builder.Insert(at + 1, newLine + " ");
        return builder.Insert(builder.Length - 1, newLine).ToString();
    }

    private Func<long, string> Each<T>(Func<T, string> format)
        where T : unmanaged
    {
        var accessor = elements.data<T>();
        return index => format(accessor[index]);
    }

    // Brackets in brackets; long dimensions without their middle.
    private StringBuilder Nested(
        StringBuilder builder, int depth, long first, char open, char close, Func<int, string> between, string suffix)
    {
        builder.Append(open);
        var length = shape[depth];
        if (depth == shape.Length - 1)
        {
            foreach (var n in Shown(length, maxColumns))
            {
                if (n < 0)
                    builder.Append("... ");
                else
                    builder.Append(text(first + n)).Append(suffix).Append(n < length - 1 ? ", " : "");
            }

            return builder.Append(close);
        }

        var each = shape[(depth + 1)..].TotalSize();
        foreach (var n in Shown(length, maxRows))
        {
            if (n > 0)
                builder.Append(' ', depth + 1);
            if (n < 0)
                builder.Append(' ', depth).Append(" ...").Append(between(depth).TrimStart(','));
            else
                Nested(builder, depth + 1, first + (n * each), open, close, between, suffix).Append(n < length - 1 ? between(depth) : "");
        }

        return builder.Append(close);
    }

    // The indices to write; -1 stands for those left out.
    private static IEnumerable<long> Shown(long length, int limit)
    {
        var trailing = limit / 2;
        var leading = limit - trailing;
        for (long n = 0; n < length; n++)
        {
            if (length > limit && n == leading)
            {
                yield return -1;
                n = length - trailing;
            }

            yield return n;
        }
    }

    // Columns as wide as their widest element; as many of them as fit.
    private void Table(StringBuilder builder, long first)
    {
        var rows = shape.Length == 1 ? 1 : shape[^2];
        var columns = shape[^1];
        var table = new List<string>[rows];
        for (var row = 0; row < rows; row++)
        {
            table[row] = [];
            var room = width;
            for (long column = 0; column < columns; column++)
            {
                var element = text(first + (row * columns) + column);
                if (room - element.Length - " ...".Length < 0)
                    break;
                table[row].Add(element);
                room -= element.Length + 1;
            }
        }

        var shown = table.Min(row => row.Count);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < shown; column++)
                builder.Append(' ').Append(table[row][column].PadLeft(table.Max(other => other[column].Length)));
            builder.Append(shown < columns ? " ..." : "").Append(newLine);
        }
    }
}
