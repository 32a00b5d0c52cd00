using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: ModelLoader(TextLoader.Signature, typeof(TextLoader))]

namespace Microsoft.ML.Data;

/// <summary>Reads lines of text as rows.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    internal const string Signature = "TextLoader";

    private readonly TextFormat _format;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;

    internal TextLoader(Options options, IMultiStreamSource dataSample)
    {
        options ??= new();
        _format = TextFormat.Of(options);
        (_columns, _schema) = new TextColumnBinder(_format, options, dataSample).Bind();
    }

    private TextLoader(ModelLoadContext ctx)
    {
        _format = TextFormat.Load(ctx.Reader);
        _columns = [.. Enumerable.Range(0, ctx.Reader.ReadInt32()).Select(_ => TextColumn.Load(ctx.Reader))];
        _schema = SchemaCodec.Read(ctx.Reader.BaseStream);
    }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource source)
    {
        Check.Value(source, nameof(source));
        return new TextView(source, _format, _columns, _schema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        _format.Save(ctx.Writer);
        ctx.Writer.Write(_columns.Length);
        foreach (var column in _columns)
            column.Save(ctx.Writer);
        SchemaCodec.Write(ctx.Writer.BaseStream, _schema);
    }

    private static TextLoader Load(ModelLoadContext ctx) => new(ctx);
}
