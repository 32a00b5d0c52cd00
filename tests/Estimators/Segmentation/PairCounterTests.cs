using Fovea.Segmentation;

namespace Fovea.Tests.Segmentation;

public class PairCounterTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 3)]
    [InlineData(1000, 1)]
    [InlineData(1000, 30)]
    [InlineData(4097, 5000)]
    public void Add_RunsOfAnyLength_CountsAsALoopDoes(int pixels, int longestRun)
    {
        var random = new Random(pixels + longestRun);
        var (first, second) = (Runs(random, pixels, longestRun), Runs(random, pixels, longestRun));
        var wanted = new int[256, 256];
        for (var i = 0; i < pixels; i++)
            wanted[first[i], second[i]]++;
        using var counter = new PairCounter();
        var found = new int[256];
        for (var times = 0; times < 2; times++) // what was taken begins anew
        {
            counter.Add(first, second);
            for (var a = 0; a < 256; a++)
            {
                counter.Take((byte)a, found);
                Assert.Equal(Enumerable.Range(0, 256).Select(b => wanted[a, b]), found);
            }
        }
    }

    private static byte[] Runs(Random random, int length, int longest)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length;)
        {
            var run = Math.Min(random.Next(1, longest + 1), length - i);
            bytes.AsSpan(i, run).Fill(random.Next(4) == 0 ? (byte)255 : (byte)random.Next(3));
            i += run;
        }
        return bytes;
    }
}
