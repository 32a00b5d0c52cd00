using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(VectorToImageConvertingTransformer.Signature, typeof(VectorToImageConvertingTransformer))]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes images of vectors of pixels.</summary>
public sealed class VectorToImageConvertingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "VectorToImageConverting";

    private readonly Settings _settings;

    internal VectorToImageConvertingTransformer(IHostEnvironment environment, InputOutputColumnPair column, Settings settings) : base(environment, column) => _settings = settings;

    private VectorToImageConvertingTransformer(ModelLoadContext ctx) : base(ctx) =>
        _settings = new(ctx.Reader.ReadInt32(), ctx.Reader.ReadInt32(), PixelLayout.Load(ctx.Reader), ctx.Reader.ReadSingle(), ctx.Reader.ReadSingle());

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    internal ImageDataViewType OutputType => new(_settings.Height, _settings.Width);

    private protected override void CheckInput(DataViewSchema.Column column, int index)
    {
        if (column.Type is not VectorDataViewType vector)
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name, "image", column.Type.ToString());
        var layout = _settings.Layout;
        if (vector.Size != _settings.Height * _settings.Width * layout.Planes)
            throw Errors.SchemaMismatch("inputSchema", "input", column.Name,
                new VectorDataViewType(vector.ItemType, _settings.Height, _settings.Width, layout.Planes).ToString(), vector.ToString());
    }

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        ctx.Writer.Write(_settings.Height);
        ctx.Writer.Write(_settings.Width);
        _settings.Layout.Save(ctx.Writer);
        ctx.Writer.Write(_settings.Scale);
        ctx.Writer.Write(_settings.Offset);
    }

    private static VectorToImageConvertingTransformer Load(ModelLoadContext ctx) => new(ctx);

    /// <summary>The size of the images and what the vectors hold: bytes are value * <see cref="Scale"/> - <see cref="Offset"/>.</summary>
    internal sealed class Settings
    {
        public Settings(int imageHeight, int imageWidth, PixelLayout layout, float scaleImage, float offsetImage)
        {
            Check.Param(imageWidth > 0, nameof(imageWidth), "Image width must be greater than zero");
            Check.Param(imageHeight > 0, nameof(imageHeight), "Image height must be greater than zero");
            Check.Param(float.IsFinite(offsetImage), nameof(offsetImage));
            Check.Param(float.IsFinite(scaleImage) && scaleImage != 0, nameof(scaleImage));
            (Height, Width, Layout, Scale, Offset) = (imageHeight, imageWidth, layout, scaleImage, offsetImage);
        }

        public int Height { get; }

        public int Width { get; }

        public PixelLayout Layout { get; }

        public float Scale { get; }

        public float Offset { get; }
    }

    private sealed class Mapper(VectorToImageConvertingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        private readonly Settings _settings = parent._settings;

        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() =>
            [.. parent.Columns.Select(pair => new DataViewSchema.DetachedColumn(pair.OutputColumnName, parent.OutputType))];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            disposer = null;
            var type = InputSchema[Inputs[index]].Type.ItemType();
            bool scaled = _settings.Scale != 1 || _settings.Offset != 0;
            if (type == NumberDataViewType.Byte)
                return Convert<byte>(input, index, value => value, 0, byte.MaxValue);
            // As in the package: what is absent from a scaled vector is scaled too, but alpha is 0.
            var (color, alpha) = scaled ? (Scaled(0), (byte)0) : ((byte)0, byte.MaxValue);
            if (type == NumberDataViewType.Single)
                return Convert<float>(input, index, scaled ? Scaled : value => (byte)value, color, alpha);
            if (type == NumberDataViewType.Double)
                return Convert<double>(input, index, scaled ? value => Scaled((float)value) : value => (byte)(float)value, color, alpha);
            throw new InvalidOperationException("We only support float, double or byte arrays");
        }

        private byte Scaled(float value) => (byte)Math.Round(value * _settings.Scale - _settings.Offset);

        private ValueGetter<MLImage> Convert<T>(DataViewRow input, int index, Func<T, byte> convert, byte absentColor, byte absentAlpha)
        {
            var get = input.GetGetter<VBuffer<T>>(input.Schema[Inputs[index]]);
            var places = _settings.Layout.BytesOf(MLPixelFormat.Bgra32);
            int pixels = _settings.Height * _settings.Width;
            var (pixelStride, channelStride) = _settings.Layout.Strides(pixels);
            VBuffer<T> vector = default, dense = default;
            return (ref MLImage image) =>
            {
                get(ref vector);
                if (vector.GetValues().IsEmpty)
                {
                    image = null;
                    return;
                }

                vector.CopyToDense(ref dense);
                var values = dense.GetValues();
                var bytes = new byte[pixels * 4]; // (H, W, 4)
                for (int i = 0; i < bytes.Length; i++)
                    bytes[i] = i % 4 == 3 ? absentAlpha : absentColor;
                for (int channel = 0; channel < places.Length; channel++)
                    for (int to = places[channel], from = channel * channelStride; to < bytes.Length; to += 4, from += pixelStride)
                        bytes[to] = convert(values[from]);
                image = new(_settings.Width, _settings.Height, MLPixelFormat.Bgra32, bytes) { Tag = nameof(VectorToImageConvertingTransformer) };
            };
        }
    }
}
