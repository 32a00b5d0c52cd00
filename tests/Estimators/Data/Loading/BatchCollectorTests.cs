using Fovea.Data;
using Microsoft.ML;
using TorchSharp;

namespace Fovea.Tests.Data;

public class BatchCollectorTests
{
    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(5, false, 1)]
    [InlineData(5, true, 4)]
    [InlineData(5, false, 4)]
    public void ToTensor_Rows_GivesWhatTheLoaderGives(int rows, bool channelsLast, int threads)
    {
        var view = Samples.BytesView(new MLContext(1), 5);
        using var loader = new BatchLoader(ImageSet.Open(view, "Image", "Label", Samples.Input()), rows);
        using var expected = loader.Epoch(0).First().Images.clone();

        using var collector = new BatchCollector(Samples.Input(), 5, channelsLast, threads);
        var column = view.Schema["Image"];
        for (var round = 0; round < 2; round++)
        {
            using var cursor = view.GetRowCursor([column]);
            TensorAssert.Same(expected, collector.ToTensor(Read(cursor, column, rows)));
        }
    }

    [Fact]
    public void ToTensor_TwoBadImages_NamesTheFirst()
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(row => new Samples.BytesRow { Image = row is 2 or 4 ? [9, 9] : Samples.Ppm(row) }).ToList());
        var column = view.Schema["Image"];
        using var collector = new BatchCollector(Samples.Input(), 6, threads: 3);
        using var cursor = view.GetRowCursor([column]);
        var images = Read(cursor, column, 6);
        Assert.Contains("row 2", Assert.Throws<InvalidDataException>(() => collector.ToTensor(images)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ToTensor_NoneOrTooMany_IsRefused(int count)
    {
        using var collector = new BatchCollector(Samples.Input(), 2);
        var images = Enumerable.Range(0, count).Select(_ => new RawImage()).ToArray();
        Assert.Throws<ArgumentOutOfRangeException>(() => collector.ToTensor(images));
    }

    private static RawImage[] Read(DataViewRowCursor cursor, DataViewSchema.Column column, int rows)
    {
        var reader = RawImageReader.Create(cursor, column);
        var images = new List<RawImage>();
        while (images.Count < rows && cursor.MoveNext())
        {
            images.Add(new RawImage());
            reader.Read(images[^1]);
        }
        return [.. images];
    }
}
