using Fovea.Data;

namespace Fovea;

/// <summary>What steps need while they work, kept from row to row.</summary>
/// <param name="channels">Of the sample.</param>
internal sealed class SampleScratch(int channels)
{
    private readonly float[][] _fields = [[], [], []];

    /// <summary>Resizes parts of an image.</summary>
    public AntialiasResize Resize { get; } = new();

    /// <summary>Room for another row.</summary>
    public Sample Other => field ??= new(channels);

    /// <summary>Numbers, one of three rooms. Hold anything.</summary>
    /// <param name="room">0 to 2.</param>
    /// <param name="length">At least so many.</param>
    public float[] Field(int room, int length)
    {
        if (_fields[room].Length < length)
            _fields[room] = GC.AllocateUninitializedArray<float>(length);
        return _fields[room];
    }
}
