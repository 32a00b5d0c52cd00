using Google.Protobuf;

namespace Fovea.Reporting;

/// <summary>
/// Values of TensorBoard's Summary message, by the field numbers of tensorflow/core/framework/summary.proto: a tag, and one of a
/// number, a picture and a histogram.
/// </summary>
internal static class SummaryValue
{
    private const int Tag = 1, Simple = 2, Picture = 4, Spread = 5;

    /// <summary>A number, stored as float32.</summary>
    public static ByteString Scalar(string tag, double value) => Of(tag, output =>
    {
        output.WriteTag(Simple, WireFormat.WireType.Fixed32);
        output.WriteFloat((float)value);
    });

    /// <summary>A picture in an encoded form: PNG, JPEG or GIF.</summary>
    public static ByteString Image(string tag, int width, int height, ReadOnlySpan<byte> file)
    {
        var content = ByteString.CopyFrom(file);
        return Of(tag, output => Inner(output, Picture, image =>
        {
            const int rgb = 3;
            foreach (var (field, value) in new[] { (1, height), (2, width), (3, rgb) })
            {
                image.WriteTag(field, WireFormat.WireType.Varint);
                image.WriteInt32(value);
            }
            image.WriteTag(4, WireFormat.WireType.LengthDelimited);
            image.WriteBytes(content);
        }));
    }

    /// <summary>Counts of values in ranges.</summary>
    public static ByteString Histogram(string tag, ValueHistogram histogram) => Of(tag, output => Inner(output, Spread, spread =>
    {
        double[] measures = [histogram.Minimum, histogram.Maximum, histogram.Counts.Sum(), histogram.Sum, histogram.SumOfSquares];
        foreach (var (place, value) in measures.Index())
        {
            spread.WriteTag(place + 1, WireFormat.WireType.Fixed64);
            spread.WriteDouble(value);
        }
        foreach (var (field, values) in new[] { (6, histogram.Counts.Select((_, i) => histogram.EndOf(i))), (7, histogram.Counts.Select(c => (double)c)) })
            Inner(spread, field, packed =>
            {
                foreach (var value in values)
                    packed.WriteDouble(value);
            });
    }));

    private static ByteString Of(string tag, Action<CodedOutputStream> value) => ProtoMessage.Of(output =>
    {
        output.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
        output.WriteString(tag);
        value(output);
    });

    private static void Inner(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ProtoMessage.Of(write));
    }
}
