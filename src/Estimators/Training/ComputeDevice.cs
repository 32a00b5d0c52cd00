using System.Globalization;
using TorchSharp;

namespace Fovea;

/// <summary>Where a network runs: chosen by the machine, the CPU, or one CUDA device.</summary>
public readonly record struct ComputeDevice
{
    private enum Kind { Auto, Cpu, Cuda }

    private readonly Kind _kind;
    private readonly int _index;

    private ComputeDevice(Kind kind, int index = 0) => (_kind, _index) = (kind, index);

    /// <summary>The first CUDA device where LibTorch has one, else the CPU. The default.</summary>
    public static ComputeDevice Auto => default;

    /// <summary>The CPU.</summary>
    public static ComputeDevice Cpu => new(Kind.Cpu);

    /// <summary>One CUDA device.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public static ComputeDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(Kind.Cuda, index);
    }

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>, in any case.</summary>
    /// <exception cref="FormatException">Any other text.</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant() switch
        {
            "auto" => Auto,
            "cpu" => Cpu,
            "cuda" => Cuda(),
            ['c', 'u', 'd', 'a', ':', .. var index] when int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i) => Cuda(i),
            _ => throw new FormatException($"'{text}' is no device; possible are auto, cpu, cuda and cuda:N."),
        };
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => _kind switch { Kind.Cpu => "cpu", Kind.Cuda => $"cuda:{_index}", _ => "auto" };

    /// <exception cref="InvalidOperationException">A CUDA device is asked for that LibTorch does not see. Nothing falls back to the CPU.</exception>
    internal torch.Device Resolve()
    {
        if (_kind == Kind.Cpu || (_kind == Kind.Auto && !torch.cuda.is_available()))
            return torch.CPU;
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (_index >= count)
            throw new InvalidOperationException(
                $"Device {this} was asked for, but LibTorch sees {(count == 0 ? "no CUDA device" : $"{count} CUDA device(s), the last being cuda:{count - 1}")}. "
                + "Use ComputeDevice.Cpu or ComputeDevice.Auto, or install a LibTorch built with CUDA and the NVIDIA driver.");
        return torch.device(DeviceType.CUDA, _index);
    }
}
