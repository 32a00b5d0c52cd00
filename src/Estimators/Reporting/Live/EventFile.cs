using System.Buffers.Binary;
using Google.Protobuf;

namespace Fovea.Reporting;

/// <summary>
/// Writes TensorBoard's event files: records of length (8 bytes), its checksum (4), an Event message, its checksum (4), all little endian.
/// Of the messages only the fields that scalars need, by their numbers in tensorflow/core/util/event.proto and framework/summary.proto.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int EventWallTime = 1;
    private const int EventStep = 2;
    private const int EventFileVersion = 3;
    private const int EventSummary = 5;
    private const int SummaryValue = 1;
    private const int ValueTag = 1;
    private const int ValueSimple = 2;

    private readonly Stream _file;

    /// <param name="file">Empty; it is disposed with this.</param>
    /// <param name="time">When the file begins.</param>
    public EventFile(Stream file, DateTimeOffset time)
    {
        _file = file;
        // Readers take a file for one of events by its first record.
        Write(time, step: 0, output =>
        {
            output.WriteTag(EventFileVersion, WireFormat.WireType.LengthDelimited);
            output.WriteString("brain.Event:2");
        });
    }

    /// <summary>Writes one record of numbers that belong to one step.</summary>
    /// <param name="time">When they were measured.</param>
    /// <param name="step">The place on the x axis.</param>
    /// <param name="scalars">Tag and value; stored as float32.</param>
    public void Write(DateTimeOffset time, long step, IEnumerable<(string Tag, double Value)> scalars) => Write(time, step, output =>
    {
        var summary = Message(inner =>
        {
            foreach (var (tag, value) in scalars)
            {
                inner.WriteTag(SummaryValue, WireFormat.WireType.LengthDelimited);
                inner.WriteBytes(Message(scalar =>
                {
                    scalar.WriteTag(ValueTag, WireFormat.WireType.LengthDelimited);
                    scalar.WriteString(tag);
                    scalar.WriteTag(ValueSimple, WireFormat.WireType.Fixed32);
                    scalar.WriteFloat((float)value);
                }));
            }
        });
        output.WriteTag(EventSummary, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(summary);
    });

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private void Write(DateTimeOffset time, long step, Action<CodedOutputStream> what)
    {
        var message = Message(output =>
        {
            output.WriteTag(EventWallTime, WireFormat.WireType.Fixed64);
            output.WriteDouble((time - DateTimeOffset.UnixEpoch).TotalSeconds);
            output.WriteTag(EventStep, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            what(output);
        }).Span;
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc32C.Of(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc32C.Of(message));
        _file.Write(head);
        _file.Write(message);
        _file.Write(tail);
    }

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return ByteString.CopyFrom(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
