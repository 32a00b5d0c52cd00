namespace Fovea.Backbones;

/// <summary>A layer of this library's own that is a convolution or a product with a matrix: what a table of layers says of it. Layers within it are not listed.</summary>
internal interface ILayerShape
{
    /// <summary>Side of the kernel; 0 for a product with a matrix.</summary>
    long Kernel { get; }

    /// <summary>Pixels from one window to the next; of a layer that enlarges, between the windows' places in the result.</summary>
    long Stride { get; }

    /// <summary>Rows and columns of padding on each side.</summary>
    long Padding { get; }

    /// <summary>Maps or units that it makes.</summary>
    long Filters { get; }

    /// <summary>A transposed convolution.</summary>
    bool Enlarges { get; }

    /// <summary>Multiplications with addition.</summary>
    /// <param name="inputs">Numbers of the input.</param>
    /// <param name="outputs">Numbers of the output.</param>
    long Macs(long inputs, long outputs);
}
