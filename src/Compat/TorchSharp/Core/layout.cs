namespace TorchSharp;

/// <summary>Dense or sparse.</summary>
public enum layout
{
    strided,
    sparse_coo,
}
