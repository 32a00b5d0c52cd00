using Microsoft.ML.Data;

namespace Fovea.Storage;

/// <summary>What a mapping of images reads from a row.</summary>
/// <typeparam name="TImage">The image column's raw type.</typeparam>
internal interface IImageRow<TImage>
{
    TImage Image { get; }

    /// <summary>The model file in base64.</summary>
    ReadOnlyMemory<char> State { get; }
}

/// <summary>With the path of an image.</summary>
internal sealed class PathRow : IImageRow<ReadOnlyMemory<char>>
{
    [ColumnName(MLNetColumns.Image)]
    public ReadOnlyMemory<char> Image { get; set; }

    [ColumnName(MLNetColumns.State)]
    public ReadOnlyMemory<char> State { get; set; }
}

/// <summary>With an encoded file.</summary>
internal sealed class BytesRow : IImageRow<VBuffer<byte>>
{
    [ColumnName(MLNetColumns.Image)]
    public VBuffer<byte> Image { get; set; }

    [ColumnName(MLNetColumns.State)]
    public ReadOnlyMemory<char> State { get; set; }
}
