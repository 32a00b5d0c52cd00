using Google.Protobuf;

namespace Fovea.Reporting;

/// <summary>Messages of protobuf written field by field.</summary>
internal static class ProtoMessage
{
    /// <summary>The bytes that were written.</summary>
    public static ByteString Of(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return ByteString.CopyFrom(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
