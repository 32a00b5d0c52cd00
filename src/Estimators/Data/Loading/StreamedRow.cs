namespace Fovea.Data;

/// <summary>What a row of a view held when its cursor stood there, before decoding. Reused from row to row.</summary>
internal sealed class StreamedRow
{
    public RawImage Image { get; } = new();

    /// <summary>Its mask, where the set has masks.</summary>
    public RawImage Mask { get; } = new() { Role = "mask" };
}
