using Fovea.Backbones;
using Fovea.Classification;
using Fovea.Reporting;
using static TorchSharp.torch;

namespace Fovea;

public sealed partial class VisionCatalog
{
    /// <summary>A trainer of image classifiers.</summary>
    /// <exception cref="ArgumentException">Options are out of their bounds; the message lists every one.</exception>
    public CnnTrainer Cnn(CnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new CnnTrainer(_ml, options);
    }

    /// <summary>A classification network layer by layer, before it is trained.</summary>
    /// <param name="options">Architecture and image size.</param>
    /// <param name="classes">Classes to tell apart, at least 2.</param>
    public NetworkSummary Summarize(CnnOptions options, int classes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        options.ThrowIfUnusable(nameof(options));
        var input = new NetworkInput((int)options.Channels, options.Height, options.Width, classes, options.Dropout);
        using var network = options.Network?.Invoke(input) ?? NetworkAttribute.Of(options.Architecture).Create(input);
        return NetworkSummary.Of(network, input, CPU);
    }
}
