using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;
using static Microsoft.ML.Transforms.Image.ImageResizingEstimator;

[assembly: ModelLoader(ImageResizingTransformer.Signature, typeof(ImageResizingTransformer))]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Brings images to one size.</summary>
public sealed class ImageResizingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImageResizing";

    private readonly Settings _settings;

    internal ImageResizingTransformer(IHostEnvironment environment, InputOutputColumnPair column, Settings settings) : base(environment, column) => _settings = settings;

    private ImageResizingTransformer(ModelLoadContext ctx) : base(ctx) =>
        _settings = new(ctx.Reader.ReadInt32(), ctx.Reader.ReadInt32(), (ResizingKind)ctx.Reader.ReadByte(), (Anchor)ctx.Reader.ReadByte());

    internal IReadOnlyList<InputOutputColumnPair> Pairs => Columns;

    internal ImageDataViewType OutputType => new(_settings.Height, _settings.Width);

    private protected override void CheckInput(DataViewSchema.Column column, int index) => ImageColumn.CheckType(column);

    private protected override RowMapper Bind(DataViewSchema inputSchema) => new Mapper(this, inputSchema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature);
        SaveColumns(ctx);
        ctx.Writer.Write(_settings.Width);
        ctx.Writer.Write(_settings.Height);
        ctx.Writer.Write((byte)_settings.Resizing);
        ctx.Writer.Write((byte)_settings.CropAnchor);
    }

    private static ImageResizingTransformer Load(ModelLoadContext ctx) => new(ctx);

    /// <summary>The size wanted, and how to come to it.</summary>
    internal sealed class Settings
    {
        public Settings(int imageWidth, int imageHeight, ResizingKind resizing, Anchor cropAnchor)
        {
            Check.Param(imageWidth > 0, nameof(imageWidth));
            Check.Param(imageHeight > 0, nameof(imageHeight));
            Check.Param(Enum.IsDefined(resizing), nameof(resizing));
            Check.Param(Enum.IsDefined(cropAnchor), nameof(cropAnchor));
            (Width, Height, Resizing, CropAnchor) = (imageWidth, imageHeight, resizing, cropAnchor);
        }

        public int Width { get; }

        public int Height { get; }

        public ResizingKind Resizing { get; }

        public Anchor CropAnchor { get; }

        public MLImage Apply(MLImage image)
        {
            // An image that has the size already is given on.
            if (image.Width == Width && image.Height == Height)
                return image;
            return Resizing switch
            {
                ResizingKind.Fill => image.Stretched(Width, Height),
                ResizingKind.IsoPad => image.Drawn(Width, Height, ResizePlacement.Pad(image.Width, image.Height, Width, Height)),
                _ => image.Drawn(Width, Height, ResizePlacement.Crop(image.Width, image.Height, Width, Height, CropAnchor)),
            };
        }
    }

    private sealed class Mapper(ImageResizingTransformer parent, DataViewSchema inputSchema) : PairMapper(parent, inputSchema)
    {
        protected override IReadOnlyList<DataViewSchema.DetachedColumn> MakeAddedColumns() =>
            [.. parent.Columns.Select(pair => new DataViewSchema.DetachedColumn(pair.OutputColumnName, parent.OutputType))];

        protected override Delegate MakeGetter(DataViewRow input, int index, out Action disposer)
        {
            // The last image may be one that was given on: the caller's.
            disposer = null;
            return ImageColumn.Map(input, Inputs[index], parent._settings.Apply, out _);
        }
    }
}
