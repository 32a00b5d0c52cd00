using System.Buffers.Binary;
using Google.Protobuf;

namespace Fovea.Reporting;

/// <summary>
/// Writes TensorBoard's event files: records of length (8 bytes), its checksum (4), an Event message, its checksum (4), all little endian.
/// Of the messages only the fields that are needed, by their numbers in tensorflow/core/util/event.proto and framework/summary.proto.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int EventWallTime = 1;
    private const int EventStep = 2;
    private const int EventFileVersion = 3;
    private const int EventSummary = 5;
    private const int SummaryValues = 1;

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

    /// <summary>Writes one record of values that belong to one step.</summary>
    /// <param name="time">When they were measured.</param>
    /// <param name="step">The place on the x axis.</param>
    /// <param name="values">As <see cref="SummaryValue"/> makes them.</param>
    public void Write(DateTimeOffset time, long step, IEnumerable<ByteString> values) => Write(time, step, output =>
    {
        output.WriteTag(EventSummary, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ProtoMessage.Of(summary =>
        {
            foreach (var value in values)
            {
                summary.WriteTag(SummaryValues, WireFormat.WireType.LengthDelimited);
                summary.WriteBytes(value);
            }
        }));
    });

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private void Write(DateTimeOffset time, long step, Action<CodedOutputStream> what)
    {
        var message = ProtoMessage.Of(output =>
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
}
