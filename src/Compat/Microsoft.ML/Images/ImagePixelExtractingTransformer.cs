using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(ImagePixelExtractingTransformer.Signature, typeof(ImagePixelExtractingTransformer))]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes vectors of the pixels of images of known size.</summary>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImagePixelExtracting";

    private readonly Settings _settings;

    internal ImagePixelExtractingTransformer(IHostEnvironment environment, InputOutputColumnPair column, Settings settings) : base(environment, column) => _settings = settings;

    private ImagePixelExtractingTransformer(ModelLoadContext ctx) : base(ctx) =>
        _settings = new(PixelLayout.Load(ctx.Reader), ctx.Reader.ReadSingle(), ctx.Reader.ReadSingle(), ctx.Reader.ReadBoolean());

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    internal NumberDataViewType ItemType => _settings.AsSingle ? NumberDataViewType.Single : NumberDataViewType.Byte;

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        ImageColumn.CheckType(column);
        if (column.Type is ImageDataViewType { Height: 0 } or ImageDataViewType { Width: 0 })
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, "known-size image", "unknown-size image");
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        _settings.Layout.Save(ctx.Writer);
        ctx.Writer.Write(_settings.Offset);
        ctx.Writer.Write(_settings.Scale);
        ctx.Writer.Write(_settings.AsSingle);
    }

    private static ImagePixelExtractingTransformer Load(ModelLoadContext ctx) => new(ctx);

    /// <summary>What the values of a vector are: (byte - <see cref="Offset"/>) * <see cref="Scale"/>, or the bytes.</summary>
    internal sealed class Settings
    {
        public Settings(PixelLayout layout, float offsetImage, float scaleImage, bool asSingle)
        {
            Check.Param(float.IsFinite(offsetImage), nameof(offsetImage));
            Check.Param(float.IsFinite(scaleImage) && scaleImage != 0, nameof(scaleImage));
            (Layout, Offset, Scale, AsSingle) = (layout, offsetImage, scaleImage, asSingle);
        }

        public PixelLayout Layout { get; }

        public float Offset { get; }

        public float Scale { get; }

        public bool AsSingle { get; }
    }

    private sealed class Mapper(ImagePixelExtractingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() =>
            [.. parent.Columns.Select((pair, i) => new DataViewSchema.DetachedColumn(pair.OutputColumnName, TypeOf(i)))];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            if (!parent._settings.AsSingle)
                return Extract<byte>(input, index, value => value, out disposer);
            var (offset, scale) = (parent._settings.Offset, parent._settings.Scale);
            return offset == 0 && scale == 1
                ? Extract<float>(input, index, value => value, out disposer)
                : Extract(input, index, value => (value - offset) * scale, out disposer);
        }

        private VectorDataViewType TypeOf(int index)
        {
            var image = (ImageDataViewType)InputSchema[Inputs[index]].Type;
            return new(parent.ItemType, parent._settings.Layout.Dimensions(image.Height, image.Width));
        }

        private ValueGetter<VBuffer<T>> Extract<T>(DataViewRow input, int index, Func<byte, T> convert, out Action disposer)
        {
            var type = (ImageDataViewType)InputSchema[Inputs[index]].Type;
            var layout = parent._settings.Layout;
            var get = input.GetGetter<MLImage>(input.Schema[Inputs[index]]);
            // A byte has 256 values: each is converted once.
            var converted = Enumerable.Range(0, 256).Select(value => convert((byte)value)).ToArray();
            int pixels = type.Height * type.Width;
            var (pixelStride, channelStride) = layout.Strides(pixels);
            var (bgra, rgba) = (layout.BytesOf(MLPixelFormat.Bgra32), layout.BytesOf(MLPixelFormat.Rgba32));
            MLImage image = null;
            disposer = () => image?.Dispose();
            return (ref VBuffer<T> vector) =>
            {
                get(ref image);
                if (image is null)
                {
                    // A missing image is all zero.
                    vector = VBufferEditor.Create(ref vector, pixels * layout.Planes, valuesCount: 0).Commit();
                    return;
                }

                Check.That(image.Height == type.Height && image.Width == type.Width,
                    $"The image is of {image.Height} x {image.Width} pixels (height x width), but the type of its column says {type.Height} x {type.Width}.");
                var bytes = image.Pixels; // (H, W, 4)
                var places = image.PixelFormat == MLPixelFormat.Bgra32 ? bgra : rgba;
                var editor = VBufferEditor.Create(ref vector, pixels * layout.Planes);
                for (int channel = 0; channel < places.Length; channel++)
                    for (int from = places[channel], to = channel * channelStride; from < bytes.Length; from += 4, to += pixelStride)
                        editor.Values[to] = converted[bytes[from]];
                vector = editor.Commit();
            };
        }
    }
}
