using System.Text;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class MaskedCrc32CTests
{
    // RFC 3720, B.4 (the bytes of its table, which are the number in little endian); "123456789" is the check value of the CRC catalogs.
    public static TheoryData<byte[], uint> Published => new()
    {
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
        { Convert.FromHexString("01C000000000000000000000000000001400000000000400000000140000001828000000000000000200000000000000"), 0xD9963A56 },
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },
        { [], 0 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Plain_PublishedVectors_Agree(byte[] bytes, uint expected) => Assert.Equal(expected, MaskedCrc32C.Plain(bytes));

    [Fact]
    public void Plain_AnyLength_IsWhatBitByBitGives()
    {
        var bytes = new byte[41];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
            Assert.Equal(EventFileReader.Crc(bytes.AsSpan(0, length)), MaskedCrc32C.Plain(bytes.AsSpan(0, length)));
    }
}
