using System.Text;
using System.Text.Json;
using Fovea.Data;
using Fovea.Storage;

namespace Fovea.Tests.Data;

/// <summary>Against numbers of COCO's own mask code (tests/Reference/data/outlines.py): to the pixel, without tolerance.</summary>
public class OutlineTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllBytes(TestData.Reference("data/outlines.json"))).RootElement;

    private static (int, int, int, int) Box(JsonElement box) => (box[0].GetInt32(), box[1].GetInt32(), box[0].GetInt32() + box[2].GetInt32(), box[1].GetInt32() + box[3].GetInt32());

    private static int[] Decode(string text) => CompressedRuns.Decode(Encoding.ASCII.GetBytes(text));

    [Fact]
    public void ToRuns_Polygons_AreCocosPixels()
    {
        foreach (var item in Reference.GetProperty("polygons").EnumerateArray())
        {
            var (height, width) = (item.GetProperty("height").GetInt32(), item.GetProperty("width").GetInt32());
            var runs = Outline.Parse(Encoding.UTF8.GetBytes(item.GetProperty("polygons").GetRawText()))!.ToRuns(height, width);
            Assert.Equal(item.GetProperty("counts").GetString(), CompressedRuns.Encode(runs.Counts));
            Assert.Equal(item.GetProperty("area").GetInt64(), runs.Area);
            Assert.Equal(Box(item.GetProperty("box")), runs.Bounds());
        }
    }

    [Fact]
    public void Of_Mask_AreCocosRuns()
    {
        foreach (var item in Reference.GetProperty("masks").EnumerateArray())
        {
            string[] rows = [.. item.GetProperty("rows").EnumerateArray().Select(r => r.GetString()!)];
            byte[] mask = [.. rows.SelectMany(r => r.Select(c => (byte)(c - '0')))];
            var runs = RunLengths.Of(mask, rows.Length, rows[0].Length);
            var text = item.GetProperty("counts").GetString()!;
            Assert.Equal(text, CompressedRuns.Encode(runs.Counts));
            Assert.Equal(runs.Counts, Decode(text));
            Assert.Equal(item.GetProperty("area").GetInt64(), runs.Area);
            Assert.Equal(Box(item.GetProperty("box")), runs.Bounds());
            var painted = new byte[mask.Length];
            new RunLengths(runs.Height, runs.Width, [.. runs.Counts]).Paint(painted, 1);
            Assert.Equal(mask, painted);
        }
    }

    [SkippableFact]
    public void ToRuns_Val2014_AreCocosPixels()
    {
        var set = Annotated.Set(Annotated.Data.FromCoco(TestData.Shared("data/map-fixtures/coco-val2014-100/instances_val2014_100.json"), "/images"));
        var wanted = Reference.GetProperty("instances");
        foreach (var image in set.Images)
            foreach (var entry in image.Objects)
            {
                var outline = Outline.Parse(entry.Segmentation.Span)!;
                var runs = outline.ToRuns(image.Height, image.Width);
                var numbers = wanted.GetProperty(entry.Id.ToString());
                Assert.Equal(numbers[0].GetInt64(), runs.Area);
                Assert.Equal(numbers[5].GetUInt32(), Crc32.Of(Encoding.ASCII.GetBytes(CompressedRuns.Encode(runs.Counts))));
                // COCO states as the area what the polygons enclose; of crowds it states another number than their runs have. A float is exact to 6e-8 of itself.
                if (outline.Polygons is not null)
                    Assert.Equal(entry.Area, outline.Area(), 1e-6 * entry.Area);
            }
    }

    [SkippableFact]
    public void Decode_CompressedRunsOfCoco_AreEncodedTheSame()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Shared("data/map-fixtures/coco-val2014-100/instances_val2014_fakesegm100_results.json")));
        foreach (var result in json.RootElement.EnumerateArray())
        {
            var segmentation = result.GetProperty("segmentation");
            var runs = Outline.Parse(Encoding.UTF8.GetBytes(segmentation.GetRawText()))!.Runs!;
            Assert.Equal(segmentation.GetProperty("size")[0].GetInt32(), runs.Height);
            Assert.Equal(segmentation.GetProperty("counts").GetString(), CompressedRuns.Encode(runs.Counts));
        }
    }

    [Fact]
    public void Union_OfMasks_IsTheirPixels()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var masks = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 35).Select(_ => (byte)(random.Next(4) == 0 ? 1 : 0)).ToArray()).ToList();
            var union = new byte[35];
            RunLengths.Union([.. masks.Select(m => RunLengths.Of(m, 5, 7))]).Paint(union, 1);
            Assert.Equal(Enumerable.Range(0, 35).Select(i => (byte)masks.Max(m => m[i])), union);
        }
    }

    [Fact]
    public void Area_OfPolygon_IsWhatItEncloses()
    {
        Assert.Equal(12, Polygon.Area([1, 1, 5, 1, 5, 4, 1, 4]));
        Assert.Equal(12, Polygon.Area([1, 1, 1, 4, 5, 4, 5, 1]));
        Assert.Equal(4.5, Polygon.Area([0, 0, 3, 0, 0, 3]));
    }
}
