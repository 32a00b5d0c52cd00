namespace Fovea;

/// <summary>One layer as it ran on one image.</summary>
public sealed record LayerSummary
{
    /// <summary>Its path in the network, as in the weight file: <c>layer1.0.conv1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of layer: <c>Conv2d</c>, <c>MaxPool2d</c>, ...</summary>
    public required string Type { get; init; }

    /// <summary>Height and width of the kernel; null where the layer has none.</summary>
    public (long Height, long Width)? Kernel { get; init; }

    /// <summary>Stride over rows and columns; null where the layer has none.</summary>
    public (long Height, long Width)? Stride { get; init; }

    /// <summary>Padding of rows and columns; null where the layer has none.</summary>
    public (long Height, long Width)? Padding { get; init; }

    /// <summary>Sizes of the output without the batch: (C, H, W), or (K).</summary>
    public required IReadOnlyList<long> OutputSize { get; init; }

    /// <summary>Maps a convolution or units a linear layer makes; null for other layers.</summary>
    public long? Filters { get; init; }

    /// <summary>Side, in pixels of the input, of the square that one output value can see; null once the layer sees the whole image.</summary>
    public long? ReceptiveField { get; init; }

    /// <summary>Trained numbers; a layer that runs twice counts them once.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiplications with addition for one image. Convolutions and linear layers alone have them.</summary>
    public required long Macs { get; init; }

    /// <summary>Bytes of the output for one image, in float32.</summary>
    public required long OutputBytes { get; init; }
}
