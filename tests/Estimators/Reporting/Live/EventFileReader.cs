using System.Buffers.Binary;
using System.Text;

namespace Fovea.Tests.Reporting;

/// <summary>One record of an event file, as a reader that shares nothing with the writer understands it.</summary>
internal sealed record ReadEvent(double WallTime, long Step, string? FileVersion, IReadOnlyList<(string Tag, float Value)> Scalars,
    IReadOnlyList<ReadImage> Images, IReadOnlyList<ReadHistogram> Histograms);

/// <summary>A picture of an event.</summary>
internal sealed record ReadImage(string Tag, long Height, long Width, long ColorSpace, byte[] File);

/// <summary>A histogram of an event: the smallest value, the largest, how many, their sum and sum of squares, and the ends and counts of its ranges.</summary>
internal sealed record ReadHistogram(string Tag, double[] Measures, double[] Limits, double[] Counts);

/// <summary>Reads event files by the books: the framing byte by byte, checksums bit by bit, protobuf field by field.</summary>
internal static class EventFileReader
{
    /// <summary>All whole records; ends where one is cut off.</summary>
    /// <exception cref="InvalidDataException">A checksum is wrong.</exception>
    public static List<ReadEvent> Read(string path)
    {
        // The writer may have it open.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        var events = new List<ReadEvent>();
        for (var at = 0; at + 12 <= file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Check(file.AsSpan(at, 8), file.AsSpan(at + 8, 4));
            if (at + 12 + length + 4 > file.Length)
                break;
            Check(file.AsSpan(at + 12, length), file.AsSpan(at + 12 + length, 4));
            events.Add(Event(file.AsSpan(at + 12, length).ToArray()));
            at += 12 + length + 4;
        }
        return events;
    }

    /// <summary>CRC-32C: the polynomial 0x1EDC6F41, reflected, one bit at a time.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }
        return crc ^ 0xFFFFFFFF;
    }

    private static void Check(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stored)
    {
        var crc = Crc(bytes);
        if (unchecked((crc >> 15 | crc << 17) + 0xA282EAD8u) != BinaryPrimitives.ReadUInt32LittleEndian(stored))
            throw new InvalidDataException("A checksum is wrong.");
    }

    private static ReadEvent Event(byte[] message)
    {
        var (wallTime, step, version) = (0.0, 0L, (string?)null);
        var read = new ReadEvent(0, 0, null, new List<(string, float)>(), new List<ReadImage>(), new List<ReadHistogram>());
        foreach (var (field, value) in Fields(message))
            switch (field)
            {
                case 1: wallTime = BitConverter.ToDouble(value); break;
                case 2: step = (long)BitConverter.ToUInt64(value); break;
                case 3: version = Encoding.UTF8.GetString(value); break;
                case 5:
                    foreach (var (inner, summary) in Fields(value))
                    {
                        Assert.Equal(1, inner);
                        Value(summary, read);
                    }
                    break;
                default: throw new InvalidDataException($"An event has the field {field}.");
            }
        return read with { WallTime = wallTime, Step = step, FileVersion = version };
    }

    private static void Value(byte[] message, ReadEvent read)
    {
        var fields = Fields(message).ToDictionary(f => f.Field, f => f.Value);
        var tag = Encoding.UTF8.GetString(fields[1]);
        switch (fields.Keys.Where(k => k != 1).ToList())
        {
            case [2]: ((List<(string, float)>)read.Scalars).Add((tag, BitConverter.ToSingle(fields[2]))); break;
            case [4]:
                var image = Fields(fields[4]).ToDictionary(f => f.Field, f => f.Value);
                ((List<ReadImage>)read.Images).Add(new(tag, BitConverter.ToInt64(image[1]), BitConverter.ToInt64(image[2]), BitConverter.ToInt64(image[3]), image[4]));
                break;
            case [5]:
                var spread = Fields(fields[5]).ToDictionary(f => f.Field, f => f.Value);
                ((List<ReadHistogram>)read.Histograms).Add(new(tag, [.. Enumerable.Range(1, 5).Select(f => BitConverter.ToDouble(spread[f]))], Doubles(spread[6]), Doubles(spread[7])));
                break;
            case var other: throw new InvalidDataException($"A value has the fields {string.Join(", ", other)}.");
        }
    }

    private static double[] Doubles(byte[] packed) => [.. packed.Chunk(8).Select(b => BitConverter.ToDouble(b))];

    // A varint as eight bytes; all else as it stands.
    private static IEnumerable<(int Field, byte[] Value)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint();
            var length = (key & 7) switch { 0 => -1, 1 => 8, 2 => (int)Varint(), 5 => 4, var type => throw new InvalidDataException($"There is no wire type {type}.") };
            if (length < 0)
                yield return ((int)(key >> 3), BitConverter.GetBytes(Varint()));
            else
            {
                yield return ((int)(key >> 3), message[at..(at + length)]);
                at += length;
            }

            ulong Varint()
            {
                var number = 0ul;
                for (var shift = 0; ; shift += 7)
                {
                    var b = message[at++];
                    number |= (ulong)(b & 127) << shift;
                    if (b < 128)
                        return number;
                }
            }
        }
    }
}
