namespace Fovea.Backbones;

/// <summary>A module with convolutions whose batch norms can be folded into them.</summary>
internal interface IConvolutionNorms
{
    /// <summary>Its own, not those of modules in it.</summary>
    IEnumerable<ConvolutionNorm> ConvolutionNorms { get; }
}
