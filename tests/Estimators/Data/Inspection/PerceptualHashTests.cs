using Fovea.Data;
using Fovea.Native;

namespace Fovea.Tests.Data;

public class PerceptualHashTests
{
    private static PerceptualHash Random(Random random) => new(Word(random), Word(random), Word(random) , Word(random));

    private static ulong Word(Random random) => (ulong)random.NextInt64(long.MinValue, long.MaxValue);

    private static PerceptualHash Flip(PerceptualHash hash, Random random, int bits)
    {
        ulong[] words = [hash.A, hash.B, hash.C, hash.D];
        for (var i = 0; i < bits; i++)
        {
            var bit = random.Next(1, 256);
            words[bit >> 6] ^= 1UL << (bit & 63);
        }
        return new(words[0], words[1], words[2], words[3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(32)]
    public void Run_RandomAndChangedHashes_FindsWhatAllPairsFind(int distance)
    {
        var random = new Random(distance);
        var hashes = new List<PerceptualHash>();
        for (var i = 0; i < 100; i++)
        {
            var hash = Random(random) with { A = Word(random) & ~1UL };
            hashes.Add(hash);
            for (var bits = 0; bits <= 40; bits += 1 + random.Next(8))
                hashes.Add(Flip(hash, random, bits));
        }
        var expected = new HashSet<(int, int, int)>();
        for (var i = 0; i < hashes.Count; i++)
            for (var j = 0; j < i; j++)
            {
                // Bit by bit.
                var d = Enumerable.Range(0, 256).Count(bit => hashes[i][bit] != hashes[j][bit]);
                if (d <= distance)
                    expected.Add((i, j, d));
            }
        var found = new HashSet<(int, int, int)>();
        NearSearch.Run(hashes, distance, (later, earlier, d) => found.Add((later, earlier, d)), default);
        Assert.True(expected.Count > 50);
        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public void Hash_DistinctImages_AreFarApart()
    {
        var hasher = new PerceptualHasher();
        var hashes = Enumerable.Range(0, 80).Select(i => hasher.Hash(Photos.Rgb(i), Photos.Width, Photos.Height)!.Value).ToList();
        for (var i = 0; i < hashes.Count; i++)
            for (var j = 0; j < i; j++)
                Assert.True(hashes[i].Distance(hashes[j]) > 3 * 16, $"{i} and {j}: {hashes[i].Distance(hashes[j])}");
    }

    [Fact]
    public void Hash_PlainImage_IsNone()
    {
        var pixels = new byte[40 * 30 * 3];
        pixels.AsSpan().Fill(77);
        Assert.Null(new PerceptualHasher().Hash(pixels, 40, 30));
        Assert.NotNull(new PerceptualHasher().Hash(Photos.Rgb(1), Photos.Width, Photos.Height));
    }

    [SkippableFact]
    public void Hash_PhotographsAndTheirCopies_AreNearAndOthersAreFar()
    {
        Skip.IfNot(ImageCodec.IsAvailable, "the native codec is not here");
        var files = Directory.GetFiles(TestData.Shared("data/bccd/BCCD/JPEGImages"), "*.jpg").Order(StringComparer.Ordinal).Take(60).ToList();
        var hasher = new PerceptualHasher();
        var hashes = new List<PerceptualHash>();
        foreach (var file in files)
        {
            var rgb = ImageCodec.Decode(File.ReadAllBytes(file), new ImageRequest(), out var width, out var height);
            var hash = hasher.Hash(rgb, width, height)!.Value;
            Assert.All(hashes, other => Assert.True(other.Distance(hash) > 16));
            hashes.Add(hash);

            var again = ImageCodec.Decode(ImageCodec.Encode(ImageFileFormat.Jpeg, rgb, width, height, PixelChannels.Rgb, 40), new ImageRequest(), out _, out _);
            Assert.InRange(hasher.Hash(again, width, height)!.Value.Distance(hash), 0, 16);
            var half = new Fovea.Reporting.Canvas(width / 2, height / 2);
            half.Draw(new Fovea.Reporting.Canvas(width, height, 3, rgb), 0, 0, width / 2, height / 2);
            Assert.InRange(hasher.Hash(half.Pixels, width / 2, height / 2)!.Value.Distance(hash), 0, 16);
            var darker = rgb.Select(b => (byte)(b * 0.7)).ToArray();
            Assert.InRange(hasher.Hash(darker, width, height)!.Value.Distance(hash), 0, 16);
        }
    }
}
