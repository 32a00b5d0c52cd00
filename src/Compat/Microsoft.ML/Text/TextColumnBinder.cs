using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Makes the columns of a loader: finds out where ranges end and what slots are named, from a header and a sample of the data.</summary>
internal sealed class TextColumnBinder(TextFormat format, TextLoader.Options options, IMultiStreamSource sample)
{
    private const int SampleLines = 100;

    public (TextColumn[] Columns, DataViewSchema Schema) Bind()
    {
        var columns = options.Columns is { Length: > 0 } given ? given : DefaultColumns();
        foreach (var column in columns)
        {
            Check.Param(!string.IsNullOrWhiteSpace(column.Name), "Name", "A column must have a name");
            Check.Param(column.Source is { Length: > 0 }, "Source", "Must specify some source column indices");
        }

        int fields = columns.Any(column => column.Source.Any(range => range.AutoEnd && range.Max is null)) ? FieldsOfLine() : 0;
        var bound = columns.Select(column => new TextColumn(column.Name.Trim(), ItemType(column), [.. column.Source.Select(range => Bind(range, fields))])).ToArray();
        BindAllOther(columns, bound);
        foreach (var column in bound)
            CheckOverlap(column);
        return (bound, MakeSchema(bound));
    }

    /// <summary>The first field and all others.</summary>
    private TextLoader.Column[] DefaultColumns()
    {
        if (sample is { Count: > 0 })
            using (var reader = sample.OpenTextReader(0))
                if (reader.ReadLine() is { } first && first.StartsWith("#@ TextLoader{", StringComparison.Ordinal))
                    throw new NotSupportedException("The file says how it is to be read, which this library does not follow; give the columns.");
        return [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, [new(1, null)])];
    }

    private int FieldsOfLine()
    {
        if (format.Fields > 0)
            return format.Fields;
        var splitter = new FieldSplitter(format);
        int[] counts = [.. Lines().Take(SampleLines).Select(line =>
        {
            splitter.Split(line);
            return splitter.Count;
        }).Where(count => count > 0).Distinct()];
        Check.Param(counts.Length > 0, "Source", "Can't determine the number of source columns without valid data");
        Check.Param(counts.Length == 1, "Source", "The size of input lines is not consistent");
        return counts[0];
    }

    // The header, which is as long as the other lines, and the data.
    private IEnumerable<string> Lines()
    {
        var header = Header();
        return (header is null ? [] : new[] { header }).Concat(sample is null ? [] : LineReader.Read(sample, format).Select(line => line.Line));
    }

    private string Header()
    {
        if (!string.IsNullOrWhiteSpace(options.HeaderFile))
            return LineReader.Read(new MultiFileSource(options.HeaderFile), format).Select(line => line.Line).FirstOrDefault();
        return format.HasHeader && sample is not null ? LineReader.Read(sample, format, keepHeader: true).Select(line => line.Line).FirstOrDefault() : null;
    }

    private static PrimitiveDataViewType ItemType(TextLoader.Column column)
    {
        var type = column.DataKind.ToType();
        if (column.KeyCount is null)
            return type;
        Check.Param(KeyDataViewType.IsValidDataType(type.RawType), "KeyCount", $"A key cannot be held as {type}");
        ulong largest = type.RawType == typeof(byte) ? byte.MaxValue : type.RawType == typeof(ushort) ? ushort.MaxValue : type.RawType == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
        return new KeyDataViewType(type.RawType, column.KeyCount.Count ?? largest);
    }

    private static FieldRange Bind(TextLoader.Range range, int fields)
    {
        Check.Param(range.Min >= 0, "Min");
        if (range.Max is { } max)
        {
            Check.Param(range.Min <= max, "Max");
            return new(range.Min, max + 1, range.ForceVector);
        }

        if (range.AutoEnd)
        {
            Check.Param(range.Min < fields, "Min", $"Column #{range.Min} not found in the dataset (it only has {fields} columns)");
            return new(range.Min, fields, ForceVector: true);
        }

        return range.VariableEnd ? new(range.Min, FieldRange.ToLineEnd, ForceVector: true) : new(range.Min, range.Min + 1, range.ForceVector);
    }

    /// <summary>Takes out of the one range that is "all other" what all other ranges have.</summary>
    private static void BindAllOther(TextLoader.Column[] columns, TextColumn[] bound)
    {
        var found = columns.SelectMany((column, i) => column.Source.Select((range, j) => (range, i, j))).Where(place => place.range.AllOther).ToArray();
        if (found.Length == 0)
            return;
        Check.Param(found.Length == 1, "AllOther", "At most one all other range can be specified");
        var (_, column, place) = found[0];
        var all = bound[column].Ranges[place];
        var taken = bound.SelectMany((other, i) => other.Ranges.Where((_, j) => (i, j) != (column, place))).OrderBy(range => range.Min);
        var left = new List<FieldRange>();
        int next = all.Min;
        foreach (var range in taken.Where(range => range.Min < all.End))
        {
            if (next < range.Min)
                left.Add(new(next, range.Min, ForceVector: true));
            next = Math.Max(next, range.End);
        }

        if (next < all.End)
            left.Add(new(next, all.End, ForceVector: true));
        Check.Param(left.Count > 0, "AllOther", "No index is selected as all other indexes.");
        bound[column] = bound[column] with { Ranges = [.. bound[column].Ranges[..place], .. left, .. bound[column].Ranges[(place + 1)..]] };
    }

    private static void CheckOverlap(TextColumn column)
    {
        var ranges = column.Ranges.OrderBy(range => range.Min).ToArray();
        for (int i = 1; i < ranges.Length; i++)
            Check.Param(ranges[i - 1].End <= ranges[i].Min, "Source", $"Intervals specified for column '{column.Name}' overlap");
    }

    private DataViewSchema MakeSchema(TextColumn[] columns)
    {
        var names = new Dictionary<int, ReadOnlyMemory<char>>();
        if (Header() is { } header)
        {
            var splitter = new FieldSplitter(format);
            splitter.Split(header);
            foreach (var (index, text) in splitter.Fields)
                names[index] = text.Trim();
        }

        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            if (column.Type.IsKnownSizeVector())
            {
                ReadOnlyMemory<char>[] slots = [.. column.Ranges.SelectMany(range => Enumerable.Range(range.Min, range.End - range.Min)).Select(field => names.GetValueOrDefault(field))];
                if (slots.Any(name => !name.IsEmpty))
                    annotations.AddSlotNames(slots.Length, (ref VBuffer<ReadOnlyMemory<char>> destination) => VBuffer<ReadOnlyMemory<char>>.Copy(slots, 0, ref destination, slots.Length));
            }

            schema.AddColumn(column.Name, column.Type, annotations.ToAnnotations());
        }

        return schema.ToSchema();
    }
}
