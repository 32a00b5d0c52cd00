using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(ImageLoadingTransformer.Signature, typeof(ImageLoadingTransformer))]

namespace Microsoft.ML.Data;

/// <summary>Reads image files, decoded or as they are, when a row is read.</summary>
public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImageLoading";

    /// <summary>The folder that paths are relative to, null for the current one.</summary>
    public readonly string ImageFolder;

    private readonly bool _decode;

    internal ImageLoadingTransformer(IHostEnvironment environment, string imageFolder, bool decode, InputOutputColumnPair column) : base(environment, column)
    {
        _decode = decode;
        if (string.IsNullOrEmpty(imageFolder))
            return;
        if (!Directory.Exists(imageFolder))
            throw new ArgumentException($"Directory \"{imageFolder}\" does not exist.");
        ImageFolder = Path.GetFullPath(imageFolder);
    }

    private ImageLoadingTransformer(ModelLoadContext ctx) : base(ctx)
    {
        ImageFolder = ctx.ReadStringOrNull();
        _decode = ctx.Reader.ReadBoolean();
    }

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    internal DataViewType OutputType => _decode ? new ImageDataViewType() : new VectorDataViewType(NumberDataViewType.Byte);

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        if (column.Type is not TextDataViewType)
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, TextDataViewType.Instance.ToString(), column.Type.ToString());
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        ctx.WriteOrNull(ImageFolder);
        ctx.Writer.Write(_decode);
    }

    private static ImageLoadingTransformer Load(ModelLoadContext ctx) => new(ctx);

    private string PathOf(ReadOnlyMemory<char> name) => ImageFolder is null ? name.ToString() : Path.Combine(ImageFolder, name.ToString());

    private sealed class Mapper(ImageLoadingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() =>
            [.. parent.Columns.Select(pair => new DataViewSchema.DetachedColumn(pair.OutputColumnName, parent.OutputType))];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            var getPath = input.GetGetter<ReadOnlyMemory<char>>(input.Schema[Inputs[index]]);
            ReadOnlyMemory<char> path = default;
            if (!parent._decode)
            {
                disposer = null;
                return (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> bytes) =>
                {
                    getPath(ref path);
                    Read(path, ref bytes);
                });
            }

            MLImage last = null;
            disposer = () => last?.Dispose();
            return (ValueGetter<MLImage>)((ref MLImage image) =>
            {
                image?.Dispose();
                image = null;
                getPath(ref path);
                last = image = Decode(path);
            });
        }

        // An empty path is a missing image.
        private MLImage Decode(ReadOnlyMemory<char> path)
        {
            if (path.IsEmpty)
                return null;
            string file = parent.PathOf(path);
            using var bytes = new MemoryStream(File.ReadAllBytes(file));
            var image = MLImage.CreateFromStream(bytes);
            image.Tag = file;
            return image;
        }

        private void Read(ReadOnlyMemory<char> path, ref VBuffer<byte> bytes)
        {
            if (path.IsEmpty)
            {
                bytes = VBufferEditor.Create(ref bytes, 0).Commit();
                return;
            }

            using var file = File.OpenHandle(parent.PathOf(path));
            var editor = VBufferEditor.Create(ref bytes, checked((int)RandomAccess.GetLength(file)));
            for (int read = 0, more; read < editor.Values.Length; read += more)
                if ((more = RandomAccess.Read(file, editor.Values[read..], read)) == 0)
                    throw new EndOfStreamException($"'{parent.PathOf(path)}' became shorter while it was read.");
            bytes = editor.Commit();
        }
    }
}
