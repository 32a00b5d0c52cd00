using System.Globalization;

namespace Fovea.Benchmarks;

/// <summary>What both sides run: training steps of a network on one batch of random pixels; classifiers with SGD and momentum, the U-Net with Adam.</summary>
/// <param name="Network">The classifier; null for the U-Net.</param>
internal sealed record Workload(CnnArchitecture? Network, int Batch, int Channels, int Size, int Classes)
{
    public static readonly Workload Letters = new(CnnArchitecture.Letters, Batch: 64, Channels: 1, Size: 32, Classes: 26);
    public static readonly Workload Cifar = new(CnnArchitecture.Cifar, Batch: 64, Channels: 3, Size: 32, Classes: 10);
    public static readonly Workload ResNet18 = new(CnnArchitecture.ResNet18, Batch: 16, Channels: 3, Size: 128, Classes: 1000);
    public static readonly Workload UNet = new(null, Batch: 4, Channels: 1, Size: 256, Classes: 2);

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static Workload Of(string name) => new[] { Letters, Cifar, ResNet18, UNet }.FirstOrDefault(w => w.Name == name)
        ?? throw new ArgumentException($"There is no work '{name}'.", nameof(name));

    public string Name => Network?.ToString() ?? "UNet";

    /// <summary>As benchmarks/peers/train.py takes it, before its mode.</summary>
    public IEnumerable<string> PeerArguments => [Name, .. new[] { Batch, Channels, Size, Classes }.Select(n => n.ToString(CultureInfo.InvariantCulture))];

    public override string ToString() => $"{Name}, {Channels}x{Size}x{Size}";
}
