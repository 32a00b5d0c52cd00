using Fovea.Storage;

namespace Fovea.Tests.Storage;

public class Crc32Tests
{
    // The check value of the catalog of CRC algorithms for CRC-32/ISO-HDLC.
    [Fact]
    public void Of_NineDigits_IsTheCheckValue() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Fact]
    public void Of_Nothing_IsZero() => Assert.Equal(0u, Crc32.Of([]));
}
